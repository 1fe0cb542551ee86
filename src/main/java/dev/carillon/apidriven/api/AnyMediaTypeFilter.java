package dev.carillon.apidriven.api;

import dev.carillon.notification.unsubscribe.Unsubscribing;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The link of a mail says all there is to say: what a mail program accepts, and how it labels its body, decides nothing. So neither
 * header gets as far as the endpoint, where a wrong one would be a reason to refuse.
 */
@ApplicationScoped
class AnyMediaTypeFilter {

    /** After credentials (200) and permissions (100). */
    private static final int AFTER_SECURITY = 50;

    void filter(@Observes Filters filters) {
        filters.register(AnyMediaTypeFilter::forget, AFTER_SECURITY);
    }

    private static void forget(RoutingContext context) {
        if (context.normalizedPath().startsWith(Unsubscribing.PATH + "/")) {
            context.request().headers().remove(HttpHeaders.ACCEPT).remove(HttpHeaders.CONTENT_TYPE);
        }
        context.next();
    }
}
