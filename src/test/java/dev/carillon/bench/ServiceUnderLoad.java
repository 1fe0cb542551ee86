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
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** The packaged service with a PostgreSQL of its own: kept busy over HTTP, and charged for what it used. */
final class ServiceUnderLoad implements AutoCloseable {

    private static final String KEY = "benchmark-admin-key";
    private static final int IN_FLIGHT = Integer.getInteger("bench.in-flight", 256);
    private static final boolean STATEMENTS = Boolean.getBoolean("bench.statements");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EmbeddedPostgres postgres;
    private final PackagedService service;
    private final Connection connection;
    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private final AtomicInteger refused = new AtomicInteger();

    private ServiceUnderLoad(EmbeddedPostgres postgres, PackagedService service, Connection connection) {
        this.postgres = postgres;
        this.service = service;
        this.connection = connection;
    }

    static Path newDirectory() {
        return Path.of("target", "bench", Long.toString(System.nanoTime())).toAbsolutePath();
    }

    static ServiceUnderLoad start(Path directory, Map<String, String> settings) throws Exception {
        var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres"))
                .withServerSettings(
                        STATEMENTS
                                ? Map.of(
                                        "shared_preload_libraries",
                                        "pg_stat_statements",
                                        "pg_stat_statements.track_planning",
                                        "on")
                                : Map.of()));
        var address = postgres.address();
        var environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                address.reactiveUrl(),
                "QUARKUS_DATASOURCE_USERNAME",
                address.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                address.password(),
                "CARILLON_ADMIN_KEY",
                KEY,
                "JAVA_TOOL_OPTIONS",
                System.getProperty("bench.java-options", "")));
        var service = PackagedService.launchToMeasure(directory, environment).awaitStarted();
        var under = new ServiceUnderLoad(
                postgres,
                service,
                DriverManager.getConnection(
                        address.jdbcUrl() + "?currentSchema=carillon", address.user(), address.password()));
        if (STATEMENTS) {
            under.run("create extension pg_stat_statements");
        }
        return under;
    }

    HttpRequest post(String path, String body) {
        return request(path).POST(BodyPublishers.ofString(body)).build();
    }

    void put(String path, String body) throws Exception {
        var answer = http.send(request(path).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.uri(path))
                .header("X-API-Key", KEY)
                .header("Content-Type", "application/json");
    }

    /** What the requests from {@code from} on used, from the first of them until nothing is left to be answered or sent. */
    Cost costOf(int from, int count, IntFunction<HttpRequest> requests) throws Exception {
        var accepted = new AtomicLong();
        return costOf(count, () -> {
                    long began = System.nanoTime();
                    send(from, count, requests);
                    accepted.set(System.nanoTime() - began);
                    drained();
                })
                .acceptedIn(accepted.get() / 1e9);
    }

    /** What a piece of work used that the service does in this time. */
    Cost costOf(int count, Work work) throws Exception {
        if (STATEMENTS) {
            run("select pg_stat_statements_reset()");
        }
        long app = ProcessCpu.of(service.pid());
        long database = ProcessCpu.ofFamily(postgres.pid());
        long wal = walBytes();
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        var cost = new Cost(
                count,
                seconds,
                seconds,
                ProcessCpu.of(service.pid()) - app,
                ProcessCpu.ofFamily(postgres.pid()) - database,
                walBytes() - wal);
        if (STATEMENTS) {
            printStatements(count);
        }
        return cost;
    }

    /** Where PostgreSQL spent its time: microseconds for each of the things done, and how many of them one call served. */
    private void printStatements(int count) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                select calls, total_exec_time * 1000 as exec, total_plan_time * 1000 as plan, plans, rows, regexp_replace(query, '\s+', ' ', 'g') as query
                from pg_stat_statements order by total_exec_time + total_plan_time desc limit 25""")) {
            while (rows.next()) {
                System.out.printf(
                        Locale.ROOT,
                        "  %6.1f us + %5.1f to plan, %6d calls of %7.0f us, %7d rows: %.150s%n",
                        rows.getDouble("exec") / count,
                        rows.getDouble("plan") / count,
                        rows.getLong("calls"),
                        rows.getDouble("exec") / rows.getLong("calls"),
                        rows.getLong("rows"),
                        rows.getString("query"));
            }
        }
    }

    interface Work {
        void run() throws Exception;
    }

    void send(int from, int count, IntFunction<HttpRequest> requests) throws InterruptedException {
        for (int n = from; n < from + count; n++) {
            sendAsync(requests.apply(n));
        }
        answered();
    }

    /** Waits for a place when too many requests are not answered yet. */
    void sendAsync(HttpRequest request) {
        places.acquireUninterruptibly();
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (failure != null || answer.statusCode() / 100 != 2) {
                refused.incrementAndGet();
            }
            places.release();
        });
    }

    /** Waits until every request is answered; none may have been refused. */
    void answered() {
        places.acquireUninterruptibly(IN_FLIGHT);
        places.release(IN_FLIGHT);
        if (refused.get() > 0) {
            throw new AssertionError(refused.get() + " requests were refused");
        }
    }

    /** Somebody with an email address who wants it, by the number: {@code cust-0} and so on. */
    void customers(int count) throws Exception {
        for (int n = 0; n < count; n++) {
            put(
                    "/api/v1/customers/cust-" + n,
                    "{\"name\": \"Alice\", \"email\": \"alice%d@example.com\"}".formatted(n));
            put(
                    "/api/v1/preferences/cust-" + n,
                    "{\"preferences\": {\"order_updates\": {\"email\": true, \"sms\": false}}}");
        }
    }

    void drained() {
        drained("true");
    }

    /** @param which rows of the outbox */
    void drained(String which) {
        gone("select (select count(*) from event_pending) + (select count(*) from outbox where " + which + ")");
    }

    /** Waits until a count is zero. */
    void gone(String count) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> number(count) == 0);
    }

    /** The same, but no longer than so long. */
    void gone(String count, Duration atMost) throws Exception {
        long until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < until && number(count) > 0) {
            Thread.sleep(1000);
        }
    }

    long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long walBytes() throws SQLException {
        return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    @Override
    public void close() throws Exception {
        connection.close();
        service.close();
        postgres.close();
    }
}
