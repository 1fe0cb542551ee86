package dev.carillon.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One HTTP/2 connection, on which many requests are answered at once, each on a stream of its own. How many there may be HTTP/2 sees to
 * itself; here it is seen to that a head comes to its end, and that a connection on which nothing moves is closed.
 */
final class Http2Guard extends Http2ConnectionAdapter {

    /** A head as long as may be, and what is made of it. */
    private static final long STREAM_ON_THE_HEAP = 16 * 1024;

    private final ConnectionGuard guard;
    private final Http2ConnectionHandler http2;
    private final ChannelHandlerContext first;
    private final Http2Frames frames = new Http2Frames();
    private @Nullable ScheduledFuture<?> headDeadline;
    private long movedAt;

    Http2Guard(ConnectionGuard guard, Http2ConnectionHandler http2, ChannelHandlerContext first) {
        this.guard = guard;
        this.http2 = http2;
        this.first = first;
    }

    void begin() {
        guard.multiplexed(this);
        Http2Heads.judge(http2, guard);
        http2.connection().addListener(this);
        movedAt = System.nanoTime();
        lookAgain(guard.limits().idle());
        watchHead();
    }

    /** Before anybody has read it. What is no request does not keep a connection that nobody uses. */
    void received(ByteBuf bytes) {
        frames.read(bytes);
        watchHead();
        if (isAsked()) {
            moved();
        }
    }

    void moved() {
        movedAt = System.nanoTime();
    }

    /** As HTTP/2 has it: says which request was the last, answers what is being answered, and closes. */
    void end() {
        first.channel().close();
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
        moved();
        guard.asked(http2.connection().numActiveStreams() * STREAM_ON_THE_HEAP);
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        moved();
        if (isAsked()) {
            guard.asked(http2.connection().numActiveStreams() * STREAM_ON_THE_HEAP);
        } else {
            guard.asksNothing();
        }
    }

    private boolean isAsked() {
        return http2.connection().numActiveStreams() > 0;
    }

    private void watchHead() {
        if (!frames.isHalfHead()) {
            if (headDeadline != null) {
                headDeadline.cancel(false);
                headDeadline = null;
            }
        } else if (headDeadline == null) {
            headDeadline = after(guard.limits().head(), first::close);
        }
    }

    private void look() {
        var left = guard.limits().idle().minusNanos(System.nanoTime() - movedAt);
        if (!left.isNegative() && !left.isZero()) {
            lookAgain(left);
        } else if (isAsked()) {
            first.close();                               // nobody takes the answer
        } else {
            end();
        }
    }

    private void lookAgain(Duration in) {
        after(in, this::look);
    }

    private ScheduledFuture<?> after(Duration time, Runnable then) {
        return first.executor().schedule(() -> {
            if (first.channel().isActive()) {
                then.run();
            }
        }, time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
