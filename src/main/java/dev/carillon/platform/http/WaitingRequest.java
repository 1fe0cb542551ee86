package dev.carillon.platform.http;

import dev.carillon.platform.limit.Turns;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.rest.ProblemType;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request waiting for its turn, on its own event loop. Its turn ends with its answer, or earlier if the holder ends
 * it.
 */
final class WaitingRequest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final RoutingContext context;
    private final Turns turns;
    private final ProblemSender sender;
    private final String busy;
    private final Context loop;
    private @Nullable RequestEnd requestEnd;
    private Turns.@Nullable Turn turn;
    private long timer;
    private boolean begun;
    private boolean over;

    /** @param busy what is said to who waits in vain */
    WaitingRequest(RoutingContext context, Turns turns, ProblemSender sender, String busy) {
        this.context = context;
        this.turns = turns;
        this.sender = sender;
        this.busy = busy;
        this.loop = context.vertx().getOrCreateContext();
    }

    /** @param begin called on the event loop when it is its turn */
    void ask(@Nullable String tenant, Consumer<WaitingRequest> begin) {
        requestEnd = new RequestEnd(context, this::end);
        timer = context.vertx().setTimer(DEADLINE.toMillis(), late -> refuse());
        turn = turns.ask(tenant == null ? "" : tenant, () -> loop.runOnContext(now -> begin(begin)));
        if (turn == null) {
            refuse();
        }
    }

    private void begin(Consumer<WaitingRequest> begin) {
        context.vertx().cancelTimer(timer);
        if (!over) {
            begun = true;
            begin.accept(this);
        }
    }

    private void refuse() {
        if (!begun && !over) {
            end();
            sender.send(context, Problem.of(ProblemType.OVERLOADED, busy));
        }
    }

    /** On the event loop; however often it is called. */
    void end() {
        over = true;
        context.vertx().cancelTimer(timer);
        if (turn != null) {
            turn.end();
            turn = null;
        }
        if (requestEnd != null) {
            requestEnd.forget();
        }
    }
}
