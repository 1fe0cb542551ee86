package dev.carillon.comparison.stage;

import dev.carillon.comparison.stage.Weather.Passage;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A wire between a team and a service: a proxy on a loopback port of its own. Every byte goes through it and is counted;
 * a request waits for the round trip before it is passed on; and the connection is cut where the weather says so.
 */
final class Wire {

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final int target;
    private final int latencyMillis;
    private final Traffic traffic;
    private final Weather weather;
    private final NetServer server;
    private final NetClient client;

    private Wire(Vertx vertx, int target, int latencyMillis, Traffic traffic, Weather weather) {
        this.vertx = vertx;
        this.target = target;
        this.latencyMillis = latencyMillis;
        this.traffic = traffic;
        this.weather = weather;
        this.server = vertx.createNetServer();
        this.client = vertx.createNetClient();
    }

    /**
     * @param target        the service's port on this machine
     * @param latencyMillis that each request waits, for the way there and back
     */
    static Uni<Wire> to(Vertx vertx, int target, int latencyMillis, Traffic traffic, Weather weather) {
        var wire = new Wire(vertx, target, latencyMillis, traffic, weather);
        return Uni.createFrom()
                .completionStage(() -> wire.server
                        .connectHandler(wire::connected)
                        .listen(0, LOOPBACK)
                        .toCompletionStage())
                .replaceWith(wire);
    }

    int port() {
        return server.actualPort();
    }

    Uni<Void> close() {
        return Uni.createFrom()
                .completionStage(
                        () -> server.close().eventually(() -> client.close()).toCompletionStage());
    }

    private void connected(NetSocket caller) {
        caller.pause();
        client.connect(target, LOOPBACK)
                .onSuccess(service -> new ConnectedPair(caller, service).open())
                .onFailure(down -> caller.close());
    }

    /** One connection of a team, and the one to the service that belongs to it. */
    private final class ConnectedPair {

        private final NetSocket caller;
        private final NetSocket service;
        private @Nullable Passage passage;

        ConnectedPair(NetSocket caller, NetSocket service) {
            this.caller = caller;
            this.service = service;
        }

        void open() {
            caller.handler(this::asked).closeHandler(gone -> service.close()).exceptionHandler(this::broken);
            service.handler(this::answered).closeHandler(gone -> caller.close()).exceptionHandler(this::broken);
            caller.resume();
        }

        private void asked(Buffer bytes) {
            var begins = begins(bytes);
            traffic.asked(bytes.length(), begins);
            if (begins) {
                passage = weather.of(bytes.getString(0, Math.min(bytes.length(), 200)));
            }
            if (passage == Passage.REFUSED) {
                caller.close();
                service.close();
            } else if (latencyMillis == 0) {
                service.write(bytes);
            } else {
                vertx.setTimer(latencyMillis, later -> service.write(bytes));
            }
        }

        private void answered(Buffer bytes) {
            if (passage == Passage.ANSWER_LOST) {
                caller.close();
                service.close();
            } else {
                traffic.answered(bytes.length());
                caller.write(bytes);
            }
        }

        private void broken(Throwable failure) {
            Log.debugf("a demo's wire broke: cause=%s", failure.getClass().getName());
        }
    }

    private static boolean begins(Buffer bytes) {
        var start = new String(bytes.getBytes(0, Math.min(bytes.length(), 5)), StandardCharsets.US_ASCII);
        return start.startsWith("GET ") || start.startsWith("POST ") || start.startsWith("PUT ");
    }
}
