package dev.carillon;

import static dev.carillon.testing.JdbcQueries.number;
import static dev.carillon.testing.JdbcQueries.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.postgres.PostgresAddress;
import dev.carillon.testing.JdbcQueries;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.TestPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged service under load at random moments, starts it again on the same database, and balances the books:
 * what was acknowledged is there, is sent once, and is sent twice only where the first outcome was unknown.
 */
@PackagedTest
class CrashIT {

    private static final String KEY = "crash-test-admin-key";
    private static final int CUSTOMERS = 20;
    private static final int CALLERS = 8;
    private static final int KILLS = 2;
    private static final Pattern SENT = Pattern.compile("\\[(?:EMAIL|SMS)] To: \\S+ delivery=(\\w+) attempt=(\\d+)");

    private static final Pattern UNCLAIMED =
            Pattern.compile("(?m)^carillon_deliveries_unclaimed_total\\{[^}]*} (\\S+)$");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Set<String> acknowledgedEvents = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledgedNotifications = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean calling = new AtomicBoolean(true);
    private volatile PackagedService service;

    @TempDir
    Path directory;

    @Test
    void a_killed_process_loses_and_repeats_nothing() throws Exception {
        // Given
        var database = TestPostgres.newDatabase("crash");
        var logs = new ArrayList<PackagedService>();
        start(logs, database);
        customers();
        var callers = callers();

        double unclaimed = 0;

        // When
        for (int kill = 0; kill < KILLS; kill++) {
            int until = acknowledged.get() + 200 + random.nextInt(1500);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(7)))
                    .until(() -> acknowledged.get() >= until);
            unclaimed += unclaimed();
            service.kill();
            start(logs, database);
        }
        calling.set(false);
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        // Then
        assertThat(unclaimed)
                .as("sent by who accepted it, before it was killed")
                .isPositive();
        try (var connection = JdbcQueries.connect(database)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> number(
                                    connection,
                                    "select (select count(*) from event_pending) + (select count(*) from outbox)")
                            == 0);
            balance(connection, sends(logs));
        }
        service.terminate();
    }

    private void balance(Connection connection, Map<String, Long> sends) throws SQLException {
        var told = "seed " + seed + ", " + acknowledged.get() + " acknowledged";
        assertThat(texts(connection, "select id from event")).as(told).containsAll(acknowledgedEvents);
        assertThat(texts(connection, "select id from notification")).as(told).containsAll(acknowledgedNotifications);
        assertThat(
                        number(
                                connection,
                                "select count(*) from event e where type = 'ordering.order-status-changed' and not exists (select 1 from decision d where d.tenant = e.tenant and d.event_id = e.id)"))
                .as("events without a decision, " + told)
                .isZero();
        assertThat(number(connection, "select count(*) from notification"))
                .as("accepted = sent + suppressed + dead-lettered + pending, " + told)
                .isEqualTo(number(connection, """
                        select count(*) filter (where n.reason is not null)
                             + count(*) filter (where n.reason is null and exists (
                                 select 1 from delivery d join attempt a on a.delivery_id = d.id and a.outcome = 'sent' where d.notification_id = n.id))
                             + count(*) filter (where n.reason is null and exists (
                                 select 1 from delivery d join dead_letter x on x.delivery_id = d.id where d.notification_id = n.id))
                        from notification n"""));
        assertThat(
                        number(
                                connection,
                                "select count(*) from (select 1 from notification where reason is null group by tenant, business_key having count(*) > 1) twice"))
                .as("facts told twice, " + told)
                .isZero();
        assertThat(
                        number(
                                connection,
                                "select count(*) from (select 1 from attempt where outcome = 'sent' group by delivery_id having count(*) > 1) twice"))
                .as("deliveries completed twice, " + told)
                .isZero();

        var unknown = new HashSet<>(texts(connection, "select delivery_id from attempt where outcome = 'unknown'"));
        assertThat(sends.keySet())
                .as("sent = in the outbox once, " + told)
                .containsExactlyInAnyOrderElementsOf(texts(connection, "select id from delivery where reason is null"));
        assertThat(sends.entrySet().stream()
                        .filter(send -> send.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .as("sent twice although the outcome was known, " + told)
                .isSubsetOf(unknown);
        System.out.printf(
                "%s: %d events, %d notifications, %d deliveries, %d sent again after an unknown outcome%n",
                told,
                acknowledgedEvents.size(),
                number(connection, "select count(*) from notification"),
                sends.size(),
                sends.values().stream().filter(times -> times > 1).count());
    }

    private ExecutorService callers() {
        var callers = Executors.newFixedThreadPool(CALLERS);
        for (int caller = 0; caller < CALLERS; caller++) {
            int door = caller % 2;
            int number = caller;
            callers.submit(() -> {
                for (int n = 0; calling.get(); n++) {
                    call(door, "o-" + number + "-" + n);
                }
            });
        }
        return callers;
    }

    /** Calls until it is answered, as a good client does: the same event id, the same business key. */
    private void call(int door, String order) {
        while (calling.get()) {
            try {
                var customer = "cust-" + Math.floorMod(order.hashCode(), CUSTOMERS);
                var answer = door == 0
                        ? post("/api/v1/events", """
                        {"event_id": "%s", "user_id": "%s", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                         "properties": {"orderId": "%s", "customerId": "%s", "newStatus": "SHIPPED"}}""".formatted(order, customer, order, customer))
                        : post("/api/v1/notifications", """
                        {"type": "ORDER_SHIPPED", "customerId": "%s", "context": {"orderId": "%s"}, "businessKey": "order/%s/shipped"}""".formatted(customer, order, order));
                if (answer.statusCode() == 202) {
                    if (door == 0) {
                        acknowledgedEvents.add(order);
                    } else {
                        acknowledgedNotifications.add(answer.headers()
                                .firstValue("Location")
                                .orElseThrow()
                                .replaceFirst(".*/", ""));
                    }
                    acknowledged.incrementAndGet();
                    return;
                }
            } catch (IOException gone) {
                Thread.onSpinWait(); // killed: the next try meets its successor
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(service.uri(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** How many deliveries the process at hand has sent without a claim. */
    private double unclaimed() throws IOException, InterruptedException {
        var scraped = http.send(
                        HttpRequest.newBuilder(service.uri("/q/metrics"))
                                .header("X-API-Key", KEY)
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return UNCLAIMED
                .matcher(scraped)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private void customers() throws IOException, InterruptedException {
        for (int n = 0; n < CUSTOMERS; n++) {
            var answer = http.send(
                    HttpRequest.newBuilder(service.uri("/api/v1/customers/cust-" + n))
                            .header("X-API-Key", KEY)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(
                                    "{\"name\": \"C\", \"email\": \"c%d@example.com\", \"phone\": \"+120255501%02d\"}"
                                            .formatted(n, n)))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        }
    }

    private void start(List<PackagedService> logs, PostgresAddress database) throws IOException {
        var started = PackagedService.launchUncovered(
                directory.resolve("run-" + logs.size()),
                PackagedService.on(database, Map.of("CARILLON_ADMIN_KEY", KEY, "CARILLON_DISPATCH_LEASE", "PT2S")));
        logs.add(started.awaitStarted());
        service = started;
    }

    private static Map<String, Long> sends(List<PackagedService> logs) throws IOException {
        var sends = new ArrayList<String>();
        for (var log : logs) {
            var lines = SENT.matcher(log.output());
            while (lines.find()) {
                sends.add(lines.group(1));
            }
        }
        return sends.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }
}
