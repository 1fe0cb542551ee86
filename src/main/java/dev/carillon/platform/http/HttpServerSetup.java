package dev.carillon.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.rest.Problem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sets the HTTP server's limits before it starts, and stops it without cutting off requests. */
@ApplicationScoped
class HttpServerSetup implements HttpServerOptionsCustomizer {

    private static final int FIRST_OF_ALL = 1_000;
    /** The share of the heap that heads and answers of strangers may take. */
    private static final int STRANGERS_SHARE = 16;

    private final HttpSettings settings;
    private final ConnectionLimit limit;
    private final ObjectMapper mapper;
    private final Instance<HttpServer> server;
    private final Connections connections = Connections.ofThisProcess();
    private final AtomicBoolean asked = new AtomicBoolean();

    HttpServerSetup(HttpSettings settings, ConnectionLimit limit, ObjectMapper mapper, Instance<HttpServer> server) {
        this.settings = settings;
        this.limit = limit;
        this.mapper = mapper;
        this.server = server;
    }

    void start(@Observes @Priority(1) StartupEvent starting) {
        var heap = Runtime.getRuntime().maxMemory();
        connections.limit(new Connections.ConnectionLimits(
                limit.most(), heap / STRANGERS_SHARE, settings.headTimeout(), settings.idleTimeout(), this::json));
    }

    void filter(@Observes Filters filters) {
        filters.register(this::stopBeforeTheServer, FIRST_OF_ALL);
    }

    /**
     * The framework closes the server before anyone learns of the shutdown, and resets requests in progress. Whatever a
     * verticle has deployed is stopped before it, so this is deployed by the server's own verticle, on its first
     * request.
     */
    private void stopBeforeTheServer(RoutingContext context) {
        if (asked.compareAndSet(false, true)) {
            context.vertx().deployVerticle(new AbstractVerticle() {
                @Override
                public void stop(Promise<Void> stopped) {
                    vertx.<Void>executeBlocking(() -> {
                                connections.stop(
                                        Set.of(
                                                server.get().getPort(),
                                                server.get().getSecurePort()),
                                        settings.stopTimeout());
                                return null;
                            })
                            .onComplete(stopped);
                }
            });
        }
        context.next();
    }

    /** A connection is one request at a time, so that what it holds is what one request and its answer hold (ADR 0019). */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    /** HTTP/1.1 only, too; a handshake has as long as a head, from the connection on. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setSslHandshakeTimeout(settings.headTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private byte[] json(Problem problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem becomes JSON", e);
        }
    }
}
