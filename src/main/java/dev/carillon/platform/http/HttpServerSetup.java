package dev.carillon.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.problem.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Sets the HTTP server's limits before it starts, and stops it without cutting anybody off. */
@ApplicationScoped
class HttpServerSetup implements HttpServerOptionsCustomizer {

    private static final long HEAP_PER_CONNECTION = 128 * 1024;
    /** Of the heap, what heads and answers of strangers may hold. */
    private static final int STRANGERS_SHARE = 16;

    private final HttpSettings settings;
    private final ObjectMapper mapper;
    private final Instance<HttpServer> server;
    private final Connections connections = Connections.ofThisProcess();

    HttpServerSetup(HttpSettings settings, ObjectMapper mapper, Instance<HttpServer> server) {
        this.settings = settings;
        this.mapper = mapper;
        this.server = server;
    }

    void start(@Observes @Priority(1) StartupEvent starting) {
        var heap = Runtime.getRuntime().maxMemory();
        var most = settings.maxConnections().orElseGet(() -> (int) Math.max(100, Math.min(Integer.MAX_VALUE, heap / HEAP_PER_CONNECTION)));
        connections.limit(new Connections.Limits(most, heap / STRANGERS_SHARE, settings.headTimeout(), settings.idleTimeout(), this::json));
    }

    /** Whoever listens to a stream has been told before (1), and whatever works for those who ask stops after (100). */
    void stop(@Observes @Priority(50) ShutdownEvent stopping) {
        connections.stop(server.get().getPort(), settings.stopTimeout());
    }

    /** Many requests on one connection are a matter for TLS: in the clear, a connection is one request at a time. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    private byte[] json(Problem problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem becomes JSON", e);
        }
    }
}
