package dev.carillon.platform.http;

import dev.carillon.platform.http.Connections.Standing;
import dev.carillon.platform.rest.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Guards one HTTP/1 connection from its first byte to its last. It passes on one request at a time, so that nobody
 * piles up answers they do not read. A head or an answer that does not get through ends the connection. A connection
 * never closes in the middle of an answer.
 *
 * <p>Its event loop calls it; {@link #known(String)}, {@link #stop} and {@link #letGo} may be called from any thread.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

    static final String FIRST = "first bytes";
    static final String HTTP = "connection guard";

    private static final AttributeKey<ConnectionGuard> KEY = AttributeKey.valueOf("dev.carillon.connection");

    /** Of one request. */
    private static final int MOST_HEADERS = 100;
    /** The most that a client may send ahead of its answers: heads and pieces of bodies. */
    private static final int MOST_AHEAD = 200;
    /** This much of an unwanted body is read to its end, so that the connection can be used again. */
    private static final long READ_TO_THE_END = 64 * 1024;
    /** A head in parts of five bytes each takes thirty times its size on the heap. */
    private static final int HEAD_ON_THE_HEAP = 32;
    /** How long a client may take to read the last answer and close. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** At a stop, a client that has just been answered gets this long to send another request. */
    private static final Duration ABOUT_TO_ASK = Duration.ofSeconds(3);

    private final Connections connections;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext first;
    private @Nullable ScheduledFuture<?> deadline;
    private volatile boolean known;
    private volatile boolean reserved;
    private long held;
    private @Nullable String tenant;
    private long waitingSince;
    private long headBytes;
    private int lastRead;
    private boolean receiving;
    private boolean lengthy;
    private boolean withoutBody;
    private boolean answering;
    private boolean answerBegun;
    private boolean interim;
    private boolean closing;
    private boolean ending;
    private boolean readHeldBack;

    ConnectionGuard(Connections connections) {
        this.connections = connections;
    }

    /**
     * Records that the client has shown a valid key of this tenant. Connections without a guard are those of tests that
     * run inside the build.
     *
     * @return false where the tenant has as many connections as it may, and uses them all
     */
    static boolean known(HttpConnection connection, String tenant) {
        var channel = channel(connection);
        var guard = channel == null ? null : channel.attr(KEY).get();
        return guard == null || guard.known(tenant);
    }

    static @Nullable Channel channel(HttpConnection connection) {
        return connection instanceof ConnectionBase base ? base.channel() : null;
    }

    boolean known(String tenant) {
        if (reserved) {
            return true;
        }
        if (!connections.belongs(this, tenant)) {
            return false;
        }
        if (!known) {
            known = true;
            connections.keep(this);
            connections.hold(this, 0);
        }
        return true;
    }

    /** If the connection has only a place of the reserve, refuses what needs a key; null if the request is allowed. */
    @Nullable
    Problem refusal(CharSequence target) {
        if (!reserved || ReservedPaths.contain(target.toString())) {
            return null;
        }
        reserved = !connections.takePlace(this);
        return reserved ? HeadProblems.OF_NO_PLACE : null;
    }

    /** What {@link Connections} stores here; only they use it. */
    long held() {
        return held;
    }

    void held(long bytes) {
        held = bytes;
    }

    /** Like {@link #held}. */
    @Nullable
    String tenant() {
        return tenant;
    }

    void tenant(@Nullable String tenant) {
        this.tenant = tenant;
    }

    void begin(ChannelHandlerContext first) {
        this.first = first;
        first.channel().attr(KEY).set(this);
        reserved = !connections.admit(this);
        waitingSince = System.nanoTime();
        waitFor(idleLimit(), this::end);
    }

    /** False where nothing must be made of it: there is no room. */
    boolean received(int bytes) {
        lastRead = bytes;
        if (receiving || answering || ending) {
            return true;
        }
        if (headBytes == 0) {
            waitFor(connections.limits().head(), this::headIsLate);
        }
        headBytes += bytes;
        if (known || connections.hold(this, headBytes * HEAD_ON_THE_HEAP)) {
            return true;
        }
        ending = true;
        close();
        return false;
    }

    /** The bytes of TLS do not count as part of a head. */
    void secured() {
        headBytes = 0;
        if (!ending) {
            waitForRequest();
        }
    }

    void ended() {
        noDeadline();
        forgetAhead();
        ending = true;
        connections.left(this);
    }

    /** The service stops: this connection ends with the answer that is being given, or with the next one. */
    void stop() {
        onLoop(() -> {
            if (!receiving && !answering && headBytes == 0 && !ending) {
                var left = ABOUT_TO_ASK.toNanos() - (System.nanoTime() - waitingSince);
                waitFor(Duration.ofNanos(Math.max(0, left)), this::end);
            }
        });
    }

    /** Closes the connection to make room. A request with a key that has arrived meanwhile is answered first. */
    void letGo() {
        onLoop(() -> {
            if (known && (receiving || answering)) {
                closing = true;
            } else {
                close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ending) {
            ReferenceCountUtil.release(message);
        } else if (!ahead.isEmpty() || answering && !receiving) {
            keepForLater(message);
        } else {
            take(context, message);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (ahead.isEmpty() || ending) {
            context.read();
        } else {
            readHeldBack = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (ending) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new AlreadyAnswered());
            return;
        }
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                beginAnswer(response);
            }
        }
        if (message instanceof LastHttpContent && !interim) {
            waitFor(connections.limits().idle(), this::close); // for an answer that nobody takes
            context.write(message, promise.unvoid().addListener(written -> answered(context)));
        } else {
            context.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        var pending = context.channel().unsafe().outboundBuffer();
        if (answering && pending != null && pending.totalPendingWriteBytes() > 0) {
            holdAsStranger(pending.totalPendingWriteBytes());
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        takeOne(context, message);
        if (message instanceof LastHttpContent) {
            next(context);
        }
    }

    private void takeOne(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !beginRequest(request)
                || message instanceof HttpContent content
                        && content.decoderResult().isFailure()
                        && refuse(HeadProblems.OF_A_BROKEN_BODY)) {
            ReferenceCountUtil.release(message);
            return;
        }
        receiving &= !(message instanceof LastHttpContent);
        context.fireChannelRead(message);
    }

    private boolean beginRequest(HttpRequest request) {
        noDeadline();
        headBytes = 0;
        beginsToAsk();
        withoutBody = request.method().equals(HttpMethod.HEAD);
        var broken = HeadProblems.of(request, MOST_HEADERS);
        var refusal = broken == null ? refusal(request.uri()) : broken;
        if (refusal != null) {
            return !refuse(refusal);
        }
        receiving = true;
        answering = true;
        answerBegun = false;
        lengthy = HttpUtil.isTransferEncodingChunked(request)
                || HttpUtil.is100ContinueExpected(request)
                || HttpUtil.getContentLength(request, 0L) > READ_TO_THE_END;
        return true;
    }

    private void beginAnswer(HttpResponse response) {
        answerBegun = true;
        closing |= receiving && lengthy
                || reserved
                || connections.stopping() && ahead.isEmpty() // what was read is answered, too
                || HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(
                        response.headers().get(HttpHeaderNames.CONNECTION, ""));
        if (closing) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private void answered(ChannelHandlerContext context) {
        if (ending) {
            return;
        }
        answering = false;
        connections.hold(this, 0);
        if (closing) {
            end();
        } else if (receiving) {
            waitFor(connections.limits().head(), this::end); // for the rest of a body that nobody wants
        } else if (ahead.isEmpty()) {
            next(context);
        } else {
            context.executor().execute(() -> next(context)); // not from within the answer before it
        }
    }

    /** Passes on what was sent ahead, as far as its turn has come; then waits for more. */
    private void next(ChannelHandlerContext context) {
        if (!ending && !ahead.isEmpty() && (receiving || !answering)) {
            while (!ending && !ahead.isEmpty() && (receiving || !answering)) {
                takeOne(context, ahead.remove());
            }
            context.fireChannelReadComplete(); // Vert.x flushes only then
        }
        if (ahead.isEmpty() && readHeldBack) {
            readHeldBack = false;
            context.read();
        }
        if (!ending && !receiving && !answering && ahead.isEmpty()) {
            waitForRequest();
        }
    }

    private void waitForRequest() {
        waitingSince = System.nanoTime();
        waitFor(idleLimit(), this::end);
        connections.spare(this, known ? Standing.IDLE : Standing.STRANGER);
        if (!known) {
            holdAsStranger((long) lastRead * HEAD_ON_THE_HEAP); // the next head may have begun with what was read last
        }
    }

    private void beginsToAsk() {
        if (known) {
            connections.keep(this);
        } else {
            connections.spare(this, Standing.STRANGER_ASKS);
        }
    }

    private Duration idleLimit() {
        return connections.stopping() ? ABOUT_TO_ASK : connections.limits().idle();
    }

    private void keepForLater(Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        ahead.add(message);
        if (ahead.size() > MOST_AHEAD) {
            forgetAhead();
            closing = true; // what was not answered when the connection closes was not done
        }
    }

    private void headIsLate() {
        withoutBody = false; // whatever was asked before
        refuse(HeadProblems.OF_A_LATE_HEAD);
    }

    /**
     * Answers in place of the application; always true. If an answer has begun, or none can be written, the connection
     * ends without one.
     */
    private boolean refuse(Problem problem) {
        var writer = writer();
        if (writer == null || answerBegun && answering) {
            close();
            return true;
        }
        ending = true;
        forgetAhead();
        writer.writeAndFlush(Unpooled.wrappedBuffer(HeadProblems.answer(
                        problem, !withoutBody, connections.limits().problems())))
                .addListener(written -> linger());
        return true;
    }

    /** The context that writes raw bytes; behind TLS, the one between TLS and HTTP. */
    private @Nullable ChannelHandlerContext writer() {
        return first == null || first.pipeline().get(SslHandler.class) == null
                ? first
                : first.pipeline().context(FirstBytes.ENCODER);
    }

    private void end() {
        ending = true;
        forgetAhead();
        linger();
    }

    /** Closes our side and waits for the other: closing both with something unread would have the client lose the answer. */
    private void linger() {
        if (first == null || !first.channel().isActive() || !(first.channel() instanceof DuplexChannel channel)) {
            close();
            return;
        }
        var tls = first.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(said -> channel.shutdownOutput());
        }
        channel.config().setAutoRead(true);
        waitFor(LINGER, this::close);
    }

    private void close() {
        noDeadline();
        if (first != null) {
            first.close();
        }
    }

    private void holdAsStranger(long bytes) {
        if (!known) {
            connections.hold(this, bytes);
        }
    }

    private void forgetAhead() {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    private void waitFor(Duration time, Runnable then) {
        noDeadline();
        if (first != null) {
            deadline = first.executor().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void noDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void onLoop(Runnable then) {
        if (first != null) {
            first.executor().execute(then);
        }
    }

    /** The guard has answered instead of the application. */
    private static final class AlreadyAnswered extends RuntimeException {

        AlreadyAnswered() {
            super("already answered", null, false, false);
        }
    }
}
