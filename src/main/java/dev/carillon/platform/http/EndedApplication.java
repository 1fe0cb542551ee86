package dev.carillon.platform.http;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * In development, requests that wait for a live reload go on in the application they came to, which has ended meanwhile: none of its
 * beans can be asked any more. Whose connection is still there is told to ask again, where each would fail with a trace in the log.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class EndedApplication {

    /** Before anything of the application is asked for. */
    private static final int FIRST_OF_ALL = 2_000;

    private volatile boolean ended;

    void end(@Observes ShutdownEvent ending) {
        ended = true;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::answer, FIRST_OF_ALL);
    }

    private void answer(RoutingContext context) {
        if (ended) {
            context.response()
                    .setStatusCode(503)
                    .putHeader("Retry-After", "1")
                    .putHeader("Content-Type", "text/plain")
                    .end("The service was just reloaded: ask again\n");
        } else {
            context.next();
        }
    }
}
