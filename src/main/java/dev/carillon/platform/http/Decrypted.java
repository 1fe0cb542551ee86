package dev.carillon.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Runs behind TLS. The end of the handshake adds HTTP to the pipeline, and the first request may have come with its
 * last message, so the guard must be added before that is read.
 */
final class Decrypted extends ChannelInboundHandlerAdapter {

    static final String NAME = "decrypted";

    private final FirstBytes first;

    Decrypted(FirstBytes first) {
        this.first = first;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        context.fireUserEventTriggered(event); // has HTTP put into the pipeline
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            first.secured();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (read instanceof ByteBuf bytes) {
            first.decrypted(context, bytes);
        } else {
            context.fireChannelRead(read);
        }
    }
}
