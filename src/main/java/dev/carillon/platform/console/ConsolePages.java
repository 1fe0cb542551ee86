package dev.carillon.platform.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Answers every address of the console with its one document, so that a link to any state of it works. The document
 * holds no data and needs no key: what it shows it asks the API for.
 */
@ApplicationScoped
class ConsolePages {

    static final String DOCUMENT = "/index.html";

    /** The first step of an address. The same as in {@code web/app/pages.js}. */
    static final Set<String> PAGES =
            Set.of("", "customers", "events", "stories", "rules", "templates", "delivery", "sign-in");

    /** After a request's head was judged (300), before credentials (200): the document asks for none. */
    private static final int BEFORE_SECURITY = 250;

    void filter(@Observes Filters filters) {
        filters.register(ConsolePages::showDocument, BEFORE_SECURITY);
    }

    private static void showDocument(RoutingContext context) {
        if (isRead(context.request().method()) && isPage(context.request().path())) {
            context.reroute(DOCUMENT);
        } else {
            context.next();
        }
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    static boolean isPage(String path) {
        var end = path.indexOf('/', 1);
        return path.startsWith("/") && PAGES.contains(path.substring(1, end < 0 ? path.length() : end));
    }
}
