package dev.carillon.comparison.stage;

import dev.carillon.platform.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The systems of the other teams: what they keep is asked for over HTTP. */
final class OtherSystems {

    private final HttpServer server;
    private final Json json;
    private final Map<String, Supplier<List<Map<String, @Nullable Object>>>> questions = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    private OtherSystems(Vertx vertx, Json json) {
        this.server = vertx.createHttpServer();
        this.json = json;
    }

    static Uni<OtherSystems> open(Vertx vertx, Json json) {
        var systems = new OtherSystems(vertx, json);
        return Uni.createFrom()
                .completionStage(() -> systems.server
                        .requestHandler(systems::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage())
                .replaceWith(systems);
    }

    int port() {
        return server.actualPort();
    }

    /** The path by which something can be asked for, with the condition as the query. */
    String path(String records, String query, Supplier<List<Map<String, @Nullable Object>>> rows) {
        var path = "/" + TeamClient.step(records) + "/" + asked.incrementAndGet();
        questions.put(path, rows);
        return path + "?q=" + TeamClient.step(query);
    }

    private void answer(HttpServerRequest request) {
        var rows = questions.get(request.path());
        if (rows == null) {
            request.response().setStatusCode(404).end();
            return;
        }
        try {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(json.write(Map.of("rows", rows.get())));
        } catch (RuntimeException unanswerable) { // the condition names what a row does not have
            request.response().setStatusCode(422).end(String.valueOf(unanswerable.getMessage()));
        }
    }

    Uni<Void> close() {
        return Uni.createFrom().completionStage(() -> server.close().toCompletionStage());
    }
}
