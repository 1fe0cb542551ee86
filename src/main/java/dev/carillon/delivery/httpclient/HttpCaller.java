package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.httpclient.HttpResult.NoAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls other people's servers. It has a deadline for the connection and the same for the answer, follows no redirect,
 * and reads no more of an answer than is needed.
 */
public final class HttpCaller {

    /** In bytes; what comes after it is not read. */
    static final int LONGEST_ANSWER = 64 * 1024;

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpClient client;
    private final Destination destination;
    private final Duration timeout;
    private final int connections;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param connections to one host at most: the builder of clients heeds no other options for that */
    HttpCaller(Vertx vertx, HttpClientOptions options, int connections, Destination destination, Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalStateException("a timeout of " + timeout + " is not positive");
        }
        this.vertx = vertx;
        this.connections = connections;
        this.client = vertx.httpClientBuilder()
                .with(new PoolOptions().setHttp1MaxSize(connections).setHttp2MaxSize(connections))
                .with(options.setTracingPolicy(TracingPolicy.IGNORE) // a call names its trace itself
                        .setConnectTimeout((int) Math.min(timeout.toMillis(), LONGEST_CONNECT.toMillis())))
                .withConnectHandler(connection -> connection.exceptionHandler(HttpCaller::heardByItsCall))
                .build();
        this.destination = destination;
        this.timeout = timeout;
    }

    /** HTTP/1.1. */
    static HttpClientOptions http1() {
        return new HttpClientOptions().setKeepAliveTimeout(30);
    }

    /** HTTP/2 only, as APNs asks for. */
    static HttpClientOptions http2() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setHttp2ClearTextUpgrade(false);
    }

    /** A broken connection is a result of its call. Without this handler each would also be logged as an error. */
    private static void heardByItsCall(Throwable broken) {}

    /** How many more calls of one host find a connection of HTTP/1.1 at once. */
    int free() {
        return connections - calls.get();
    }

    /** Never fails: that there was no answer is a result. */
    public Uni<HttpResult> call(HttpCall call) {
        return Uni.createFrom()
                .<HttpResult>emitter(emitter -> {
                    var exchange = new HttpExchange(vertx, call, emitter::complete);
                    calls.incrementAndGet();
                    emitter.onTermination(() -> {
                        calls.decrementAndGet();
                        exchange.giveUp();
                    });
                    exchange.run(client, destination, timeout);
                })
                .onFailure()
                .recoverWithItem(
                        failure -> new NoAnswer(false, failure.getClass().getSimpleName()));
    }
}
