package dev.carillon.bench;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whether a rate can be kept up, what pending work costs the rest, and what PostgreSQL alone needs for the same rows. Nothing is
 * asserted. Run it by its name (docs/benchmarks.md):
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=LoadBench}
 */
@Isolated
@Tag("packaged")
class LoadBench {

    private static final int CUSTOMERS = 1000;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 40_000);
    private static final int MEASURED = Integer.getInteger("bench.measured", 20_000);
    private static final int RATE = Integer.getInteger("bench.rate", 2_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 30);
    private static final int PER_REQUEST = Integer.getInteger("bench.per-request", 20);
    private static final int PENDING = Integer.getInteger("bench.pending", 1_000_000);
    private static final int TICKS = 50;
    private static final Duration DRAINED = Duration.ofSeconds(20);

    /** Due now, or in the hands of a sender. */
    private static final String OLDEST_MILLIS = """
            select coalesce(1000 * extract(epoch from clock_timestamp() - min(due_at)), 0)::bigint from outbox where state < 2 and due_at <= now()
            """;

    /** The notification that was not submitted yet. */
    private int next;

    @Test
    void rate_kept_up() throws Exception {
        try (var service = ServiceUnderLoad.start(ServiceUnderLoad.newDirectory(), Map.of())) {
            service.customers(CUSTOMERS);
            submit(service, WARM_UP);
            paced(service, PER_REQUEST);
            paced(service, 1);
        }
    }

    @Test
    void cost_beside_what_is_pending() throws Exception {
        try (var service = ServiceUnderLoad.start(ServiceUnderLoad.newDirectory(), Map.of())) {
            service.customers(CUSTOMERS);
            submit(service, WARM_UP);
            System.out.println("PostgreSQL alone, the same rows: "
                    + service.costOf(MEASURED, () -> RawReference.write(service, MEASURED, 50)));
            var load = new PendingLoad(service, PENDING);
            for (int few : new int[] {100, 1}) {
                int waiting = load.forLater(few);
                System.out.printf(
                        Locale.ROOT,
                        "%8d wait for later: %s%n",
                        waiting,
                        service.costOf(MEASURED, () -> submit(service, MEASURED)));
            }
            for (int few : new int[] {100, 1}) {
                load.due(few);
                long due = service.number(PendingLoad.DUE);
                var cost = service.costOf(1, () -> service.gone(PendingLoad.DUE, DRAINED));
                System.out.printf(Locale.ROOT, "%8d due, sent as fast as may be: %s%n", due, cost.of((int)
                        (due - service.number(PendingLoad.DUE))));
            }
        }
    }

    private void submit(ServiceUnderLoad service, int count) throws Exception {
        service.send(0, count / PER_REQUEST, n -> request(service, PER_REQUEST));
        service.drained("state < 2");
    }

    /** So many a second, whatever becomes of them: who cannot keep up falls behind, and the oldest row tells by how much. */
    private void paced(ServiceUnderLoad service, int size) throws Exception {
        var ages = new long[SECONDS * 10];
        var ticks = Executors.newSingleThreadScheduledExecutor();
        int first = next;
        var cost = service.costOf(RATE * SECONDS, () -> {
            var ticking = ticks.scheduleAtFixedRate(
                    () -> IntStream.range(0, RATE / TICKS / size)
                            .forEach(n -> service.sendAsync(request(service, size))),
                    0,
                    1000 / TICKS,
                    TimeUnit.MILLISECONDS);
            for (int n = 0; n < ages.length; n++) {
                Thread.sleep(100);
                ages[n] = service.number(OLDEST_MILLIS);
            }
            ticking.cancel(false);
            ticks.shutdown();
            ticks.awaitTermination(1, TimeUnit.MINUTES);
            service.answered();
            service.drained("state < 2");
        });
        Arrays.sort(ages);
        System.out.printf(
                Locale.ROOT,
                "%d a second, %d a request: oldest due row %d ms in the middle, %d ms at 99 %%, %d ms at most: %s%n",
                RATE,
                size,
                ages[ages.length / 2],
                ages[ages.length * 99 / 100],
                ages[ages.length - 1],
                cost.of(next - first));
    }

    private HttpRequest request(ServiceUnderLoad service, int size) {
        return size == 1
                ? service.post("/api/v1/notifications", notification())
                : service.post(
                        "/api/v1/notifications/batch",
                        IntStream.range(0, size)
                                .mapToObj(n -> notification())
                                .collect(Collectors.joining(",", "{\"notifications\":[", "]}")));
    }

    private String notification() {
        int n = next++;
        return "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-%d\", \"context\": {\"orderId\": \"o%d\"}, \"businessKey\": \"order/o%d/shipped\"}"
                .formatted(n % CUSTOMERS, n, n);
    }
}
