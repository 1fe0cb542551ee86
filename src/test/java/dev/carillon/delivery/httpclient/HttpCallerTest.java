package dev.carillon.delivery.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpCallerTest {

    private static final int CONNECTIONS = 12;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();

    @AfterEach
    void over() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void as_many_calls_of_one_host_are_on_their_way_as_there_may_be_connections() {
        // Given
        var server = vertx.createHttpServer()
                .requestHandler(this::answerAllAtOnce)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var caller = new HttpGateways(vertx, Clock.systemUTC()).caller(new TestHttpSettings(DEADLINE, CONNECTIONS));
        var call = HttpCall.json(URI.create("http://127.0.0.1:" + server.actualPort() + "/"), "{}");

        // When
        var results = Uni.join()
                .all(IntStream.range(0, CONNECTIONS)
                        .mapToObj(i -> caller.call(call))
                        .toList())
                .andFailFast()
                .subscribeAsCompletionStage();
        int left = caller.free();

        // Then
        assertThat(left).isZero();
        assertThat(results.join())
                .allSatisfy(result ->
                        assertThat(((HttpResult.HttpAnswer) result).status()).isEqualTo(202));
        await().until(() -> caller.free() == CONNECTIONS);
    }

    /** Nobody listens, no TLS is spoken, the name is nobody's: of each it is certain that nothing was sent. */
    @Test
    void what_never_got_a_connection_was_not_sent() {
        // Given
        var plain = vertx.createHttpServer()
                .requestHandler(this::answerAllAtOnce)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var gone = vertx.createHttpServer()
                .requestHandler(this::answerAllAtOnce)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        gone.close().toCompletionStage().toCompletableFuture().join();
        var caller = new HttpGateways(vertx, Clock.systemUTC()).caller(new TestHttpSettings(DEADLINE, CONNECTIONS));

        for (var to : List.of(
                "http://127.0.0.1:" + gone.actualPort() + "/",
                "https://127.0.0.1:" + plain.actualPort() + "/",
                "http://nobody.invalid/")) {
            // When
            var result =
                    caller.call(HttpCall.json(URI.create(to), "{}")).await().atMost(DEADLINE);

            // Then
            assertThat(result)
                    .as(to)
                    .isInstanceOfSatisfying(
                            HttpResult.NoAnswer.class,
                            none -> assertThat(none.sent()).isFalse());
        }
        assertThat(waiting).isEmpty();
    }

    @Test
    void what_was_written_when_the_connection_broke_may_have_arrived() {
        // Given
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.connection().close())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var caller = new HttpGateways(vertx, Clock.systemUTC()).caller(new TestHttpSettings(DEADLINE, CONNECTIONS));

        // When
        var result = caller.call(HttpCall.json(URI.create("http://127.0.0.1:" + server.actualPort() + "/"), "{}"))
                .await()
                .atMost(DEADLINE);

        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        HttpResult.NoAnswer.class,
                        none -> assertThat(none.sent()).isTrue());
    }

    private void answerAllAtOnce(HttpServerRequest request) {
        waiting.add(request);
        if (waiting.size() == CONNECTIONS) {
            waiting.forEach(one -> one.response().setStatusCode(202).end());
        }
    }
}
