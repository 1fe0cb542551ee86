package dev.carillon.bench;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends each request at its own time, evenly, whatever becomes of those before: a service that is slow does not slow the load down, and a
 * pause shows in every request that fell into it.
 */
final class Pacer {

    /**
     * @param sent     how long after its time each request went
     * @param answered how long after its time each request was answered
     */
    record Punctuality(Quantiles sent, Quantiles answered) {}

    private final HttpLoad http;

    Pacer(HttpLoad http) {
        this.http = http;
    }

    /** Ends with the last answer. */
    Punctuality send(double perSecond, int count, IntFunction<Buffer> requests) throws InterruptedException {
        var sent = new long[count];
        var answered = new long[count];
        var open = new CountDownLatch(count);
        long began = System.nanoTime();
        for (int n = 0; n < count; n++) {
            int request = n;
            long due = began + (long) (n * 1e9 / perSecond);
            var bytes = requests.apply(n);
            sent[n] = waitFor(due) - due;
            http.submit(bytes, () -> {
                answered[request] = System.nanoTime() - due;
                open.countDown();
            });
        }
        http.await(open);
        return new Punctuality(Quantiles.ofNanos(sent), Quantiles.ofNanos(answered));
    }

    private static long waitFor(long time) {
        long now = System.nanoTime();
        while (now < time) {
            LockSupport.parkNanos(time - now);
            now = System.nanoTime();
        }
        return now;
    }
}
