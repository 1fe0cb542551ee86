package dev.carillon.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The end of a request, with its answer or with its connection. The framework takes some of these places for itself, and
 * a connection may break in any of them: so there is more than one.
 */
final class RequestEnd {

    private final @Nullable Channel channel;
    private final ChannelFutureListener onClose;

    /** @param then may be called more than once */
    RequestEnd(RoutingContext context, Runnable then) {
        channel = ConnectionGuard.channel(context.request().connection());
        onClose = closed -> then.run();
        context.addEndHandler(ended -> then.run());
        if (channel != null) {
            channel.closeFuture().addListener(onClose);
        }
    }

    /** The connection lives longer than the request. */
    void forget() {
        if (channel != null) {
            channel.closeFuture().removeListener(onClose);
        }
    }
}
