package dev.carillon.delivery.email;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.function.UnaryOperator;

/** A mail client that wraps every connection before it is used. */
record WatchedClient(NetClient client, UnaryOperator<NetSocket> looking) implements NetClient {

    @Override
    public Future<NetSocket> connect(int port, String host) {
        return client.connect(port, host).map(looking);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
        return client.connect(port, host, serverName).map(looking);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress remoteAddress) {
        return client.connect(remoteAddress).map(looking);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress remoteAddress, String serverName) {
        return client.connect(remoteAddress, serverName).map(looking);
    }

    @Override
    public NetClient connect(int port, String host, Handler<AsyncResult<NetSocket>> connectHandler) {
        connect(port, host).onComplete(connectHandler);
        return this;
    }

    @Override
    public NetClient connect(int port, String host, String serverName, Handler<AsyncResult<NetSocket>> connectHandler) {
        connect(port, host, serverName).onComplete(connectHandler);
        return this;
    }

    @Override
    public NetClient connect(SocketAddress remoteAddress, Handler<AsyncResult<NetSocket>> connectHandler) {
        connect(remoteAddress).onComplete(connectHandler);
        return this;
    }

    @Override
    public NetClient connect(
            SocketAddress remoteAddress, String serverName, Handler<AsyncResult<NetSocket>> connectHandler) {
        connect(remoteAddress, serverName).onComplete(connectHandler);
        return this;
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        client.close(handler);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    @Override
    public Future<Boolean> updateSSLOptions(SSLOptions options, boolean force) {
        return client.updateSSLOptions(options, force);
    }

    @Override
    public boolean isMetricsEnabled() {
        return client.isMetricsEnabled();
    }
}
