package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.delivery.httpclient.HttpResult.NoAnswer;
import dev.carillon.delivery.httpclient.HttpResult.NotAllowed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call in progress. It ends once: with the answer, with a partial answer at the deadline, or with none. */
class HttpExchange {

    private final Vertx vertx;
    private final HttpCall call;
    private final Consumer<HttpResult> ending;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Buffer body = Buffer.buffer();
    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable HttpClientResponse response;
    private volatile boolean sent;
    private volatile long timer;

    HttpExchange(Vertx vertx, HttpCall call, Consumer<HttpResult> ending) {
        this.vertx = vertx;
        this.call = call;
        this.ending = ending;
    }

    void run(HttpClient client, Destination destination, Duration timeout) {
        allow(timeout);
        destination
                .of(call.to())
                .compose(address -> client.request(options(address)))
                .onSuccess(ready -> send(ready, timeout))
                .onFailure(this::failed);
    }

    private void allow(Duration timeout) {
        timer = vertx.setTimer(timeout.toMillis(), overdue -> broken("TimeoutException"));
    }

    /** Cancels the call: nobody waits for it any more. */
    void giveUp() {
        if (ended.compareAndSet(false, true)) {
            release();
        }
    }

    private RequestOptions options(Optional<SocketAddress> address) {
        URI to = call.to();
        boolean tls = "https".equals(to.getScheme());
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(tls)
                .setHost(to.getHost())
                .setPort(to.getPort() >= 0 ? to.getPort() : tls ? 443 : 80)
                .setURI(path(to))
                .setFollowRedirects(false);
        call.headers().forEach(options::putHeader);
        address.ifPresent(options::setServer);
        return options;
    }

    private static String path(URI to) {
        var path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        return to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
    }

    /** The time for an answer begins with the call: a connection that took its time leaves it whole. */
    private void send(HttpClientRequest ready, Duration timeout) {
        request = ready;
        ready.exceptionHandler(this::failed);
        if (ended.get()) {
            ready.reset();
            return;
        }
        vertx.cancelTimer(timer);
        allow(timeout);
        ready.response().onSuccess(this::answered).onFailure(this::failed);
        sent = true;
        ready.send(call.body()).onFailure(this::failed);
    }

    private void answered(HttpClientResponse head) {
        response = head;
        head.exceptionHandler(this::failed)
                .handler(this::read)
                .endHandler(end -> end(new HttpAnswer(head.statusCode(), head.headers(), body, true)));
    }

    private void read(Buffer chunk) {
        if (body.length() + chunk.length() > HttpCaller.LONGEST_ANSWER) {
            broken("TooLong");
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof Destination.NotAllowedException notAllowed) {
            end(new NotAllowed(String.valueOf(notAllowed.getMessage())));
        } else {
            broken(failure.getClass().getSimpleName());
        }
    }

    /** A head that has arrived counts, whatever became of the rest. */
    private void broken(String cause) {
        var head = response;
        end(
                head != null
                        ? new HttpAnswer(head.statusCode(), head.headers(), Buffer.buffer(), false)
                        : new NoAnswer(sent, cause));
    }

    private void end(HttpResult result) {
        if (ended.compareAndSet(false, true)) {
            if (!(result instanceof HttpAnswer answer && answer.whole())) {
                release();
            }
            vertx.cancelTimer(timer);
            ending.accept(result);
        }
    }

    /** Closes the connection: whatever still arrives on it belongs to nobody. */
    private void release() {
        vertx.cancelTimer(timer);
        var open = request;
        if (open != null) {
            open.reset();
        }
    }
}
