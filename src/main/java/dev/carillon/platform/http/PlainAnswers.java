package dev.carillon.platform.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Removes {@code Content-Encoding: identity} from answers. The framework uses it as an internal mark against
 * compression; it does not belong in an answer (RFC 9110, 8.4.1). Runs after compression.
 */
@Sharable
final class PlainAnswers extends ChannelOutboundHandlerAdapter {

    static final String NAME = "plain answers";
    static final PlainAnswers INSTANCE = new PlainAnswers();

    private PlainAnswers() {}

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.headers()
                        .containsValue(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY, true)) {
            response.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
        }
        context.write(message, promise);
    }
}
