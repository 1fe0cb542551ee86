package dev.carillon.platform.http;

import dev.carillon.platform.limit.Turns;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.security.Caller;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes requests for large answers wait for their turn before anything is read for them. A turn ends when the answer
 * has been sent.
 */
@ApplicationScoped
class LargeAnswers {

    /** After the body has been read (50). */
    private static final int AFTER_BODIES = 40;

    private final List<Pattern> paths;
    private final Turns turns;
    private final ProblemSender sender;

    LargeAnswers(HttpSettings settings, ProblemSender sender) {
        this.paths = settings.largeAnswers().stream()
                .map(path -> Pattern.compile(path.replace("*", "[^/]+")))
                .toList();
        this.turns = new Turns(settings.largeAnswersAtOnce().orElseGet(Turns::thatTheHeapHolds));
        this.sender = sender;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::inTurn, AFTER_BODIES);
    }

    private void inTurn(RoutingContext context) {
        if (context.request().method() == HttpMethod.GET
                && paths.stream()
                        .anyMatch(path -> path.matcher(context.request().path()).matches())) {
            new WaitingRequest(context, turns, sender, "Too many large answers are being sent; try again in a second")
                    .ask(Caller.tenantOf(context), turn -> context.next());
        } else {
            context.next();
        }
    }
}
