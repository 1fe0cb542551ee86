package dev.carillon.platform.http;

import dev.carillon.platform.limit.Turns;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemSender;
import dev.carillon.platform.problem.ProblemType;
import dev.carillon.platform.security.Caller;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Has whoever asks for an answer that may be large wait for their turn, before anything is read for it. A turn ends when the answer has gone. */
@ApplicationScoped
class LargeAnswers {

    /** After the body has been read (50). */
    private static final int AFTER_BODIES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Pattern> paths;
    private final Turns turns;
    private final ProblemSender sender;

    LargeAnswers(HttpSettings settings, ProblemSender sender) {
        this.paths = settings.largeAnswers().stream().map(path -> Pattern.compile(path.replace("*", "[^/]+"))).toList();
        this.turns = new Turns(settings.largeAnswersAtOnce().orElseGet(Turns::thatTheHeapHolds));
        this.sender = sender;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::inTurn, AFTER_BODIES);
    }

    private void inTurn(RoutingContext context) {
        if (context.request().method() == HttpMethod.GET && paths.stream().anyMatch(path -> path.matcher(context.request().path()).matches())) {
            new Waiting(context, BodyReader.channel(context.request().connection())).ask(tenant(context));
        } else {
            context.next();
        }
    }

    static String tenant(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user ? String.valueOf(Caller.tenantOf(user.getSecurityIdentity())) : "";
    }

    /** One request, on its own event loop. */
    private final class Waiting {

        private final RoutingContext context;
        private final @Nullable Channel channel;
        private final Context loop;
        private final ChannelFutureListener onClose = closed -> end();
        private Turns.@Nullable Turn turn;
        private long timer;
        private boolean begun;
        private boolean over;

        Waiting(RoutingContext context, @Nullable Channel channel) {
            this.context = context;
            this.channel = channel;
            this.loop = context.vertx().getOrCreateContext();
        }

        void ask(String tenant) {
            context.addEndHandler(ended -> end());
            if (channel != null) {
                channel.closeFuture().addListener(onClose);
            }
            timer = context.vertx().setTimer(PATIENCE.toMillis(), late -> refuse());
            turn = turns.ask(tenant, () -> loop.runOnContext(now -> begin()));
            if (turn == null) {
                refuse();
            }
        }

        private void begin() {
            context.vertx().cancelTimer(timer);
            if (!over) {
                begun = true;
                context.next();
            }
        }

        private void refuse() {
            if (!begun && !over) {
                end();
                sender.send(context, Problem.of(ProblemType.OVERLOADED, "Too many large answers are asked for; try again in a second"));
            }
        }

        private void end() {
            over = true;
            context.vertx().cancelTimer(timer);
            if (turn != null) {
                turn.end();
                turn = null;
            }
            if (channel != null) {
                channel.closeFuture().removeListener(onClose);
            }
        }
    }
}
