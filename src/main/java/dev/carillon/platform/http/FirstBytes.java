package dev.carillon.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Sees incoming bytes before any parser, so that a head is timed from its first byte; behind TLS, from the first
 * decrypted byte.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    static final String ENCODER = "httpEncoder";
    private static final String HANDLER = "handler";
    private static final String HANDSHAKER = "handshaker";

    private final ConnectionGuard guard;
    private @Nullable ChannelHandlerContext context;
    private boolean guarded;
    private boolean secured;
    private boolean saidSomething;

    FirstBytes(ConnectionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        guard.begin(context);
        guardHttp();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        var bytes = read instanceof ByteBuf some ? some.readableBytes() : 0;
        if (!secured && !guard.received(bytes)) {
            ReferenceCountUtil.release(read);
            return;
        }
        saidSomething = false;
        context.fireChannelRead(read);
        guardHttp();
        if (secured && !saidSomething) {
            guard.received(bytes); // part of a record, which nobody can read yet
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        guard.ended();
        context.fireChannelInactive();
    }

    /** The handshake has come to its end, and with it what was counted for it. */
    void secured() {
        secured = true;
        saidSomething = true;
        guard.secured();
        guardHttp();
    }

    void decrypted(ChannelHandlerContext behindTls, ByteBuf bytes) {
        saidSomething = true;
        if (!guard.received(bytes.readableBytes())) {
            bytes.release();
            return;
        }
        behindTls.fireChannelRead(bytes);
    }

    private void guardHttp() {
        if (guarded || context == null) {
            return;
        }
        var pipeline = context.pipeline();
        if (pipeline.get(HANDSHAKER) != null) {
            if (pipeline.get(Decrypted.NAME) == null) {
                pipeline.addBefore(HANDSHAKER, Decrypted.NAME, new Decrypted(this));
            }
        } else if (pipeline.get(ENCODER) != null && pipeline.get(HANDLER) != null) {
            pipeline.addBefore(HANDLER, ConnectionGuard.HTTP, guard);
            pipeline.addAfter(ENCODER, PlainAnswers.NAME, PlainAnswers.INSTANCE);
            guarded = true;
        }
    }

    /**
     * Runs behind TLS. The end of the handshake adds HTTP to the pipeline, and the first request may have come with its
     * last message, so the guard must be added before that is read.
     */
    private static final class Decrypted extends ChannelInboundHandlerAdapter {

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
}
