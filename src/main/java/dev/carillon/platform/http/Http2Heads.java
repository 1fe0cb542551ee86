package dev.carillon.platform.http;

import dev.carillon.platform.problem.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Answers requests of HTTP/2 whose head the framework would refuse without a word; the connection goes on. */
final class Http2Heads extends Http2FrameListenerDecorator {

    private final Http2ConnectionHandler http2;
    private final ConnectionGuard guard;
    private final Http2Connection.PropertyKey refused;

    private Http2Heads(Http2ConnectionHandler http2, ConnectionGuard guard, Http2FrameListener framework) {
        super(framework);
        this.http2 = http2;
        this.guard = guard;
        this.refused = http2.connection().newKey();
    }

    /** The framework begins to listen itself when the client's first settings have come; from then on this stands before it. */
    static void judge(Http2ConnectionHandler http2, ConnectionGuard guard) {
        var decoder = http2.decoder();
        decoder.frameListener(new Http2FrameListenerDecorator(decoder.frameListener()) {
            @Override
            public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
                super.onSettingsRead(context, settings);
                decoder.frameListener(new Http2Heads(http2, guard, decoder.frameListener()));
            }
        });
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last) throws Http2Exception {
        if (!refuse(context, stream, headers, last)) {
            super.onHeadersRead(context, stream, headers, padding, last);
        }
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers headers, int dependency, short weight, boolean exclusive, int padding, boolean last)
            throws Http2Exception {
        if (!refuse(context, stream, headers, last)) {
            super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) throws Http2Exception {
        return isRefused(stream) ? data.readableBytes() + padding : super.onDataRead(context, stream, data, padding, last);
    }

    private boolean isRefused(int id) {
        var stream = http2.connection().stream(id);
        return stream != null && stream.getProperty(refused) != null;
    }

    private boolean refuse(ChannelHandlerContext context, int id, Http2Headers headers, boolean last) {
        if (isRefused(id)) {
            return true;
        }
        var stream = http2.connection().stream(id);
        var problem = stream == null || headers.method() == null ? null : problem(headers);
        if (problem == null) {
            return false;
        }
        stream.setProperty(refused, problem);
        answer(context, id, problem, HttpMethod.HEAD.name().contentEquals(headers.method()), last);
        return true;
    }

    private @Nullable Problem problem(Http2Headers headers) {
        var broken = HeadProblems.of(headers.method().toString(), headers.path());
        return broken == null && headers.path() != null ? guard.refusal(headers.path()) : broken;
    }

    private void answer(ChannelHandlerContext context, int id, Problem problem, boolean withoutBody, boolean last) {
        var body = guard.limits().problems().apply(problem);
        var head = new DefaultHttp2Headers().status(String.valueOf(problem.status())).set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length).set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        problem.headers().forEach((name, value) -> head.set(name.toLowerCase(Locale.ROOT), value));
        var written = http2.encoder().writeHeaders(context, id, head, 0, withoutBody, context.newPromise());
        if (!withoutBody) {
            written = http2.encoder().writeData(context, id, Unpooled.wrappedBuffer(body), 0, true, context.newPromise());
        }
        if (!last) {
            written.addListener(done -> http2.resetStream(context, id, Http2Error.NO_ERROR.code(), context.newPromise()));
        }
    }
}
