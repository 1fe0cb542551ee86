package dev.carillon.bench;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.testing.PackagedService;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The packaged service. */
final class Carillon implements Contender {

    static final String KEY = "benchmark-admin-key";

    private static final String LATER = ", \"sendAt\": \"2099-12-24T17:00:00Z\"";

    /** What is due or in somebody's hands. */
    private static final String DRAINED = """
            not exists (select from event_pending) and not exists (select from outbox where state = 0) and not exists (select from outbox where state = 1)
            """;

    private final EmbeddedPostgres postgres;
    private final PackagedService service;
    private final Database database;
    private final Meter meter;
    private final HttpLoad http;
    private final Copies copies;
    private int next;

    private Carillon(EmbeddedPostgres postgres, PackagedService service) throws Exception {
        this.postgres = postgres;
        this.service = service;
        this.database = new Database(postgres.address(), "carillon");
        this.meter = new Meter(service.pid(), postgres.pid(), database, new Statements(database));
        this.http = new HttpLoad(Vertx.vertx(), service.uri("/").getPort(), "X-API-Key: " + KEY + "\r\n");
        this.copies = new Copies(database);
    }

    static Carillon start(Path directory, Map<String, String> settings) throws Exception {
        var postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(directory.resolve("postgres")).withServerSettings(Statements.settings()));
        var environment = environment(postgres);
        environment.put("CARILLON_HTTP_IDLE_TIMEOUT", "PT1H"); // connections stay open while others take their turns
        environment.putAll(settings);
        return new Carillon(
                postgres,
                PackagedService.launchToMeasure(directory, environment).awaitStarted());
    }

    static Map<String, String> environment(EmbeddedPostgres postgres) {
        var address = postgres.address();
        return new HashMap<>(Map.of(
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
    }

    /** Somebody with an email address who wants it, and no text messages, by the number: {@code cust-0} and so on. */
    void customers(int count) throws Exception {
        http.inTurns(
                16,
                count,
                n -> http.put(
                        "/api/v1/customers/cust-" + n,
                        "{\"name\": \"Alice\", \"email\": \"alice%d@example.com\"}".formatted(n)));
        http.inTurns(
                16,
                count,
                n -> http.put(
                        "/api/v1/preferences/cust-" + n,
                        "{\"preferences\": {\"order_updates\": {\"email\": true, \"sms\": false}}}"));
    }

    static String notification(int number, String more) {
        return "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-" + number % Bench.CUSTOMERS
                + "\", \"context\": {\"orderId\": \"o" + number + "\"}, \"businessKey\": \"order/o" + number
                + "/shipped\"" + more + "}";
    }

    /** @param properties JSON */
    Buffer event(String type, String customer, String properties) {
        return http.post(
                "/api/v1/events",
                "{\"user_id\": \"" + customer + "\", \"event_type\": \"" + type
                        + "\", \"event_timestamp\": \"2026-10-31T19:00:00Z\", \"properties\": " + properties + "}");
    }

    Copies copies() {
        return copies;
    }

    @Override
    public HttpLoad http() {
        return http;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public int numbers(int count) {
        next += count;
        return next - count;
    }

    @Override
    public Buffer one(int number) {
        return http.post("/api/v1/notifications", notification(number, ""));
    }

    @Override
    public Buffer oneForLater(int number) {
        return http.post("/api/v1/notifications", notification(number, LATER));
    }

    @Override
    public Buffer many(int number, int count) {
        return batch(number, count, "");
    }

    @Override
    public Buffer manyForLater(int number, int count) {
        return batch(number, count, LATER);
    }

    private Buffer batch(int number, int count, String more) {
        return http.post(
                "/api/v1/notifications/batch",
                IntStream.range(number, number + count)
                        .mapToObj(n -> notification(n, more))
                        .collect(Collectors.joining(",", "{\"notifications\":[", "]}")));
    }

    @Override
    public void due(int count) throws Exception {
        copies.due(count);
    }

    @Override
    public void forgetLater() throws Exception {
        database.run("delete from outbox where state = 2");
        database.run("vacuum analyze outbox");
    }

    @Override
    public long sent() throws Exception {
        return database.number("select count(*) from attempt");
    }

    @Override
    public double secondsOfSending(String since) throws Exception {
        return database.seconds(
                "select extract(epoch from max(ended_at) - min(started_at)) from attempt where ended_at >= '" + since
                        + "'");
    }

    @Override
    public void drained() throws Exception {
        database.until(DRAINED);
    }

    @Override
    public Quantiles sentAfter(String since) throws Exception {
        return database.quantiles("""
                select 1000 * q[1], 1000 * q[2], 1000 * q[3] from (
                  select percentile_cont(array[0.5, 0.99, 1]) within group (order by extract(epoch from a.ended_at - d.created_at)) as q
                  from attempt a join delivery d on d.id = a.delivery_id where a.ended_at >= '%1$s' and d.created_at >= '%1$s') measured
                """.formatted(since));
    }

    @Override
    public void close() throws Exception {
        http.close();
        database.close();
        service.close();
        postgres.close();
    }
}
