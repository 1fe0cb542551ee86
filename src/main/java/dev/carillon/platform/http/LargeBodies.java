package dev.carillon.platform.http;

import dev.carillon.platform.limit.Turns;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.security.Caller;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Callable;

/**
 * Parses and checks large bodies on worker threads, so that event loops stay free: a few at a time, and no tenant more
 * than half of them. A turn ends when the request only waits for the database or others.
 */
@ApplicationScoped
class LargeBodies {

    /** After the body has been read (50), before who asks for a large answer waits (40). */
    private static final int AFTER_BODIES = 45;
    /** Parsing so much takes about a millisecond. */
    private static final int LARGE = 64 * 1024;

    private static final int LEAST = 2;

    private final Turns turns = new Turns(Math.max(LEAST, Runtime.getRuntime().availableProcessors()));
    private final ProblemSender sender;

    LargeBodies(ProblemSender sender) {
        this.sender = sender;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::inTurn, AFTER_BODIES);
    }

    private void inTurn(RoutingContext context) {
        var body = context.body().buffer();
        if (body == null || body.length() <= LARGE || context.request().getHeader(HttpHeaders.CONTENT_TYPE) == null) {
            context.next();
        } else {
            new WaitingRequest(context, turns, sender, "Too many large bodies are being checked; try again in a second")
                    .ask(Caller.tenantOf(context), turn -> aside(context, turn));
        }
    }

    private static void aside(RoutingContext context, WaitingRequest turn) {
        Callable<Void> parsing = () -> {
            context.next();
            return null;
        };
        context.vertx().executeBlocking(parsing, false).onComplete(done -> {
            turn.end();
            if (done.failed()) {
                context.fail(done.cause());
            }
        });
    }
}
