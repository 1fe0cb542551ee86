package dev.carillon.notification.unsubscribe;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Removes content negotiation and conditional headers from calls to the unsubscribe link. The link says everything; a
 * mail program's odd header must not lead to a refusal.
 */
@ApplicationScoped
class AnyMediaTypeFilter {

    /** Runs before heads are checked (300). */
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
