package dev.carillon.platform.http;

import dev.carillon.platform.body.Characters;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.rest.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One body being received. Its memory is counted as it arrives, and released when the request ends, whatever the
 * reason.
 */
final class BodyReading {

    /** A head, and all that is kept for a request beside its body. */
    private static final long BESIDES = 16 * 1024;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final ProblemSender sender;
    private final long limit;
    private final BodyBudget.Share share;
    private final Context loop;
    private final Buffer body = Buffer.buffer();
    private @Nullable RequestEnd requestEnd;
    private long timer;
    private boolean over;

    BodyReading(
            RoutingContext context, ProblemSender sender, long limit, BodyBudget budget, BodyBudget.BodyOwner holder) {
        this.context = context;
        this.request = context.request();
        this.sender = sender;
        this.limit = limit;
        this.share = budget.share(holder, this::makeRoom);
        this.loop = context.vertx().getOrCreateContext();
    }

    void begin(Duration within) {
        if (!share.begin(BESIDES, Math.min(Bodies.declared(request), limit))) {
            refuse(overloaded());
            return;
        }
        requestEnd = new RequestEnd(context, this::end);
        timer = context.vertx()
                .setTimer(
                        within.toMillis(),
                        late -> refuse(Problem.of(ProblemType.REQUEST_TIMEOUT, "The body did not come in time")));
        request.exceptionHandler(broken -> end());
        request.handler(this::more);
        request.endHandler(whole -> handOn());
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
    }

    private void more(Buffer part) {
        if (over) {
            return;
        }
        if (body.length() + (long) part.length() > limit) {
            refuse(Bodies.tooLarge(limit));
        } else if (!share.take(part.length())) {
            refuse(overloaded());
        } else {
            body.appendBuffer(part);
        }
    }

    private void handOn() {
        if (!over && !share.whole(Bodies.heldAsValues(body))) {
            refuse(overloaded());
        } else if (!over) {
            over = true;
            context.vertx().cancelTimer(timer);
            ((RoutingContextInternal) context)
                    .setBody(Characters.jsonAsUtf8(request.getHeader(HttpHeaders.CONTENT_TYPE), body));
            context.next();
        }
    }

    /** Another event loop's body may need it. */
    private void makeRoom() {
        loop.runOnContext(now -> refuse(Problem.of(
                ProblemType.REQUEST_TIMEOUT,
                "The body was still on its way in when its room was needed for others; send it again")));
    }

    private void refuse(Problem problem) {
        if (!over) {
            end();
            if (!request.isEnded()) {
                request.handler(unwanted -> {});
            }
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            sender.send(context, problem);
        }
    }

    private void end() {
        over = true;
        context.vertx().cancelTimer(timer);
        share.letGo();
        if (requestEnd != null) {
            requestEnd.forget();
        }
    }

    private static Problem overloaded() {
        return Problem.of(ProblemType.OVERLOADED, "Too many bodies are on their way in; try again in a second");
    }
}
