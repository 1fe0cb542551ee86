package dev.carillon.bench;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.testing.PackagedService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What one notification costs from the request to the recorded attempt: CPU time of the service and of PostgreSQL, WAL
 * bytes, for both doors. Nothing is asserted. Run it by its name (docs/benchmarks.md):
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=NotificationBench}
 */
class NotificationBench {

    private static final String KEY = "benchmark-admin-key";
    private static final int CUSTOMERS = 1000;
    private static final int IN_FLIGHT = Integer.getInteger("bench.in-flight", 256);
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 20_000);
    private static final int MEASURED = Integer.getInteger("bench.measured", 50_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void cost_of_a_notification() throws Exception {
        var directory = Path.of("target", "bench", Long.toString(System.nanoTime())).toAbsolutePath();
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")));
             var service = service(postgres, directory);
             var connection = DriverManager.getConnection(postgres.address().jdbcUrl() + "?currentSchema=carillon", postgres.address().user(), postgres.address().password())) {
            customers(service);
            for (int round = 0; round < ROUNDS; round++) {
                var run = "r" + round + "-";
                measure("api-driven, 1 delivery ", service, postgres, connection, n -> request(service, "/api/v1/notifications",
                        "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-%d\", \"context\": {\"orderId\": \"a%s%d\"}, \"businessKey\": \"order/a%s%d/shipped\"}".formatted(n % CUSTOMERS, run, n, run, n)));
                measure("event-sourced, 1 delivery", service, postgres, connection, n -> request(service, "/api/v1/events",
                        "{\"user_id\": \"cust-%d\", \"event_type\": \"ordering.order-status-changed\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": {\"orderId\": \"e%s%d\", \"customerId\": \"cust-%d\", \"newStatus\": \"SHIPPED\"}}"
                                .formatted(n % CUSTOMERS, run, n, n % CUSTOMERS)));
            }
        }
    }

    private void measure(String what, PackagedService service, EmbeddedPostgres postgres, Connection connection, IntFunction<HttpRequest> requests) throws Exception {
        send(requests, 0, WARM_UP);
        drained(connection);
        long app = ProcessCpu.of(service.pid());
        long database = ProcessCpu.ofFamily(postgres.pid());
        long wal = number(connection, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
        long began = System.nanoTime();
        send(requests, WARM_UP, MEASURED);
        double accepted = (System.nanoTime() - began) / 1e9;
        drained(connection);
        double seconds = (System.nanoTime() - began) / 1e9;
        double appMicros = (ProcessCpu.of(service.pid()) - app) / (double) MEASURED;
        double databaseMicros = (ProcessCpu.ofFamily(postgres.pid()) - database) / (double) MEASURED;
        System.out.printf("%s  %d in %.1f s (%.0f/s), accepted in %.1f s (%.0f/s): CPU %.0f us = service %.0f + PostgreSQL %.0f; WAL %d bytes%n", what, MEASURED, seconds,
                MEASURED / seconds, accepted, MEASURED / accepted, appMicros + databaseMicros, appMicros, databaseMicros, (number(connection, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')") - wal) / MEASURED);
    }

    private void send(IntFunction<HttpRequest> requests, int from, int count) throws InterruptedException {
        var places = new Semaphore(IN_FLIGHT);
        var refused = new AtomicInteger();
        for (int n = from; n < from + count; n++) {
            places.acquire();
            http.sendAsync(requests.apply(n), BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                if (failure != null || answer.statusCode() != 202) {
                    refused.incrementAndGet();
                }
                places.release();
            });
        }
        places.acquire(IN_FLIGHT);
        if (refused.get() > 0) {
            throw new AssertionError(refused.get() + " of " + count + " were refused");
        }
    }

    private static void drained(Connection connection) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(100))
                .until(() -> number(connection, "select (select count(*) from event_pending) + (select count(*) from outbox)") == 0);
    }

    private static PackagedService service(EmbeddedPostgres postgres, Path directory) throws Exception {
        var address = postgres.address();
        return PackagedService.launch(directory, Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", address.reactiveUrl(), "QUARKUS_DATASOURCE_USERNAME", address.user(),
                "QUARKUS_DATASOURCE_PASSWORD", address.password(), "CARILLON_ADMIN_KEY", KEY,
                "JAVA_TOOL_OPTIONS", System.getProperty("bench.java-options", ""))).awaitStarted();
    }

    private void customers(PackagedService service) throws Exception {
        for (int n = 0; n < CUSTOMERS; n++) {
            put(service, "/api/v1/customers/cust-" + n, "{\"name\": \"Alice\", \"email\": \"alice%d@example.com\"}".formatted(n));
            put(service, "/api/v1/preferences/cust-" + n, "{\"preferences\": {\"order_updates\": {\"email\": true, \"sms\": false}}}");
        }
    }

    private void put(PackagedService service, String path, String body) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(service.uri(path)).header("X-API-Key", KEY).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    private static HttpRequest request(PackagedService service, String path, String body) {
        return HttpRequest.newBuilder(service.uri(path)).header("X-API-Key", KEY).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build();
    }

    private static long number(Connection connection, String query) throws Exception {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
