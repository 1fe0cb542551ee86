package dev.carillon.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * Requests over connections that stay open, each with one on its way at a time. It shares the machine with what it measures, so it does
 * little: one thread, requests as bytes, and of an answer only where it ends and whether it is a yes.
 */
final class HttpLoad implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    private static final long ANSWERED_WITHIN_SECONDS = 120;

    /** A request that may have to wait for a connection. */
    private record Call(Buffer request, Runnable answered) {}

    private final Vertx vertx;
    private final Context context;
    private final String head;

    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final AtomicReference<String> refused = new AtomicReference<>();

    /** @param headers of every request, each with its line's end */
    HttpLoad(Vertx vertx, int port, String headers) throws Exception {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.head = " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers + "Content-Length: ";
        var client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        var connected = new CountDownLatch(CONNECTIONS);
        context.runOnContext(go -> {
            for (int n = 0; n < CONNECTIONS; n++) {
                client.connect(port, "127.0.0.1").onSuccess(socket -> {
                    idle.push(new HttpConnection(socket));
                    connected.countDown();
                });
            }
        });
        if (!connected.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("No connection to port " + port);
        }
    }

    Buffer post(String path, String body) {
        return request("POST ", path, body);
    }

    Buffer put(String path, String body) {
        return request("PUT ", path, body);
    }

    private Buffer request(String method, String path, String body) {
        var content = Buffer.buffer(body);
        return Buffer.buffer(content.length() + 300)
                .appendString(method)
                .appendString(path)
                .appendString(head)
                .appendString(Integer.toString(content.length()))
                .appendString("\r\n\r\n")
                .appendBuffer(content);
    }

    /** So many clients, each of which sends its next request when its last one is answered. Ends with the last answer. */
    void inTurns(int clients, int count, IntFunction<Buffer> requests) throws InterruptedException {
        var answered = new CountDownLatch(count);
        var turns = new Object() {
            private int next;

            void go() {
                if (next < count) {
                    send(new Call(requests.apply(next++), () -> {
                        answered.countDown();
                        go();
                    }));
                }
            }
        };
        context.runOnContext(go -> {
            for (int n = 0; n < clients; n++) {
                turns.go();
            }
        });
        await(answered);
    }

    /** Whatever became of those before: it waits only where all connections are taken. */
    void submit(Buffer request, Runnable answered) {
        context.runOnContext(go -> send(new Call(request, answered)));
    }

    /** None of the requests so far may have been refused. */
    void await(CountDownLatch answered) throws InterruptedException {
        if (!answered.await(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(answered.getCount() + " requests were not answered; refused: " + refused.get());
        }
        if (refused.get() != null) {
            throw new AssertionError("A request was refused: " + refused.get());
        }
    }

    private void send(Call call) {
        if (idle.isEmpty()) {
            waiting.add(call);
            return;
        }
        var connection = idle.pop();
        connection.send(call.request(), answer -> {
            if (!answer.success()) {
                refused.compareAndSet(null, answer.text());
            }
            idle.push(connection);
            call.answered().run();
            if (!waiting.isEmpty() && !idle.isEmpty()) {
                send(waiting.remove());
            }
        });
    }

    @Override
    public void close() throws Exception {
        Future<Void> closed = vertx.close();
        closed.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
