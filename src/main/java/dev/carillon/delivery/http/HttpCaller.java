package dev.carillon.delivery.http;

import dev.carillon.delivery.http.HttpResult.NoAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;

import java.time.Duration;

/** Calls other people's servers: one deadline over everything, no redirect, and no more of an answer than is of use. */
public final class HttpCaller {

    /** In bytes; what comes after it is not read. */
    static final int LONGEST_ANSWER = 64 * 1024;

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpClient client;
    private final Destination destination;
    private final Duration timeout;

    public HttpCaller(Vertx vertx, HttpClientOptions options, Destination destination, Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalStateException("a timeout of " + timeout + " is no time at all");
        }
        this.vertx = vertx;
        this.client = vertx.httpClientBuilder().with(options.setTracingPolicy(TracingPolicy.IGNORE)          // a call names its trace itself
                        .setConnectTimeout((int) Math.min(timeout.toMillis(), LONGEST_CONNECT.toMillis())))
                .withConnectHandler(connection -> connection.exceptionHandler(HttpCaller::heardByItsCall)).build();
        this.destination = destination;
        this.timeout = timeout;
    }

    /** HTTP/1.1, with up to so many connections to one host. */
    public static HttpClientOptions http1(int connections) {
        return new HttpClientOptions().setMaxPoolSize(connections).setKeepAliveTimeout(30);
    }

    /** HTTP/2 only, as APNs asks for. */
    public static HttpClientOptions http2(int connections) {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true)
                .setHttp2ClearTextUpgrade(false).setHttp2MaxPoolSize(connections);
    }

    /** A connection that breaks is an outcome of the call it carries; without a handler each would be an error in the log besides. */
    private static void heardByItsCall(Throwable broken) {
    }

    /** Never fails: that there was no answer is a result. */
    public Uni<HttpResult> call(HttpCall call) {
        return Uni.createFrom().<HttpResult>emitter(emitter -> {
            var exchange = new HttpExchange(vertx, call, emitter::complete);
            emitter.onTermination(exchange::giveUp);
            exchange.run(client, destination, timeout);
        }).onFailure().recoverWithItem(failure -> new NoAnswer(false, failure.getClass().getSimpleName()));
    }
}
