package dev.carillon.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Sees what comes in before anybody has read it, so that a head counts from its first byte. */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    static final String ENCODER = "httpEncoder";
    private static final String HANDLER = "handler";

    private final ConnectionGuard guard;
    private boolean guarded;

    FirstBytes(ConnectionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!guard.begin(context)) {
            context.close();
            return;
        }
        guardHttp1(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (!guard.received(read instanceof ByteBuf bytes ? bytes.readableBytes() : 0)) {
            ReferenceCountUtil.release(read);
            return;
        }
        context.fireChannelRead(read);
        guardHttp1(context);                             // behind TLS, HTTP begins with the end of the handshake
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        guard.ended();
        context.fireChannelInactive();
    }

    private void guardHttp1(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        if (!guarded && pipeline.get(ENCODER) != null && pipeline.get(HANDLER) != null) {
            pipeline.addBefore(HANDLER, ConnectionGuard.HTTP, guard);
            pipeline.addAfter(ENCODER, PlainAnswers.NAME, PlainAnswers.INSTANCE);
            guarded = true;
        }
    }
}
