package dev.carillon.comparison.stage;

import dev.carillon.platform.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A team's HTTP client, with its key. It ends with the team's process. */
final class TeamClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Json json;
    private final String key;

    TeamClient(Vertx vertx, Json json, String key) {
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1));
        this.json = json;
        this.key = key;
    }

    record TeamAnswer(int status, String body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** A step of a path, whatever is in it. */
    static String step(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param body null for none */
    Uni<TeamAnswer> call(HttpMethod method, int port, String path, @Nullable Map<String, ?> body) {
        var request = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setTimeout(TIMEOUT.toMillis())
                .putHeader("X-API-Key", key)
                .putHeader("Accept", "application/json");
        if (body != null) {
            request.putHeader("Content-Type", "application/json");
        }
        return Uni.createFrom()
                .completionStage(() -> http.request(request)
                        .compose(ready -> body == null ? ready.send() : ready.send(Buffer.buffer(json.write(body))))
                        .compose(answer ->
                                answer.body().map(text -> new TeamAnswer(answer.statusCode(), text.toString())))
                        .toCompletionStage());
    }

    /** Its connections end at once. */
    void die() {
        http.close();
    }
}
