package dev.carillon.notification.unsubscribe;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The link of a mail says all there is to say: what a mail program accepts, what it has already, and how it labels its body, decides
 * nothing. So no such header gets as far as the endpoint, where a wrong one would be a reason to refuse.
 */
@ApplicationScoped
class AnyMediaTypeFilter {

    /** Before heads are judged (300). */
    private static final int FIRST = 310;

    private static final List<CharSequence> DECIDE_NOTHING = List.of(
            HttpHeaders.ACCEPT,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH);

    void filter(@Observes Filters filters) {
        filters.register(AnyMediaTypeFilter::forget, FIRST);
    }

    private static void forget(RoutingContext context) {
        if (context.normalizedPath().startsWith(Unsubscribing.PATH + "/")) {
            DECIDE_NOTHING.forEach(context.request().headers()::remove);
        }
        context.next();
    }
}
