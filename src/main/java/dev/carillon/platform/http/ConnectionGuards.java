package dev.carillon.platform.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Gives each server connection its guard. Netty loads it as a service when {@code io.netty.bootstrap.extensions} says
 * so.
 */
@RegisterForReflection
public final class ConnectionGuards extends ChannelInitializerExtension {

    /** Accepted at once: what is left in the queue when the server closes would be reset. */
    private static final int ACCEPTED_AT_ONCE = 1_000;

    private final Connections connections = Connections.ofThisProcess();

    /** Has Netty look for extensions; before its first server starts. */
    public static void install() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it would exchange the allocator as well
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        listener.config().setOption(ChannelOption.MAX_MESSAGES_PER_READ, ACCEPTED_AT_ONCE);
        connections.listens(listener);
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        var guard = new ConnectionGuard(connections);
        connections.comes(guard);
        connection.closeFuture().addListener(closed -> connections.came(guard));
        connection.pipeline().addLast(ConnectionGuard.FIRST, new FirstBytes(guard));
    }
}
