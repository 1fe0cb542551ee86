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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged service in the middle of large audiences, starts it again on the same database, and balances the
 * books: everybody in them is told once of each event, in its order, and so is everybody in the small ones.
 */
@PackagedTest
class AudienceCrashIT {

    private static final String KEY = "crash-test-admin-key";
    private static final int MANY = 3_000;
    private static final int FEW = 5;
    private static final int KILLS = 2;
    private static final Pattern SENT = Pattern.compile("\\[EMAIL] To: \\S+ delivery=(\\w+) attempt=(\\d+)");

    /** No business key, so that nothing but the walk itself keeps anybody from being told twice. */
    private static final String RULE = """
            - id: price-drop
              on: pricing.price-changed
              audience: { cart: event.data.productId }
              notify: { type: PRICE_DROP_ALERT, category: price_alerts, channels: [email] }
            """;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<PackagedService> runs = new ArrayList<>();
    private int events;

    @TempDir
    Path directory;

    @Test
    void a_process_killed_in_the_middle_of_large_audiences_tells_everybody_once() throws Exception {
        // Given
        var database = TestPostgres.newDatabase("audience_crash");
        Files.writeString(Files.createDirectories(directory.resolve("rules")).resolve("crash.yaml"), RULE);
        start(database);
        try (var connection = JdbcQueries.connect(database)) {
            carts(connection, "large", MANY);
            carts(connection, "other", MANY);
            carts(connection, "small", FEW);
            for (var product : List.of("large", "other", "small", "large", "small")) {
                drop(product);
            }

            // When
            for (int kill = 0; kill < KILLS; kill++) {
                long until = number(connection, "select count(*) from notification") + 300 + random.nextInt(2_500);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1 + random.nextInt(7)))
                        .until(() -> number(connection, "select count(*) from notification") >= until);
                runs.get(runs.size() - 1).kill();
                start(database);
                drop("small");
            }

            // Then
            await().atMost(Duration.ofMinutes(4))
                    .until(() -> number(
                                    connection,
                                    "select (select count(*) from event_pending) + (select count(*) from outbox)")
                            == 0);
            balance(connection);
        }
        runs.get(runs.size() - 1).terminate();
    }

    private void balance(Connection connection) throws Exception {
        var told = "seed " + seed;
        assertThat(number(connection, "select count(*) from event")).as(told).isEqualTo(events);
        assertThat(number(connection, "select count(*) from notification where reason is null"))
                .as("everybody, of each event, " + told)
                .isEqualTo(3L * MANY + (events - 3L) * FEW);
        assertThat(
                        number(
                                connection,
                                "select count(*) from (select 1 from decision group by event_id, customer_id having count(*) > 1) twice"))
                .as("told twice, " + told)
                .isZero();
        assertThat(number(connection, """
                select count(*) from decision d join event e on e.id = d.event_id join decision d2 on d2.customer_id = d.customer_id and d2.id > d.id
                join event e2 on e2.id = d2.event_id where e2.data ->> 'productId' = e.data ->> 'productId' and e2.position < e.position"""))
                .as("of one product out of order, " + told)
                .isZero();

        var sends = new HashMap<String, Integer>();
        for (var run : runs) {
            var lines = SENT.matcher(run.output());
            while (lines.find()) {
                sends.merge(lines.group(1), 1, Integer::sum);
            }
        }
        assertThat(sends.keySet())
                .as(told)
                .containsExactlyInAnyOrderElementsOf(texts(connection, "select id from delivery where reason is null"));
        var again = new HashMap<>(sends);
        again.values().removeIf(times -> times == 1);
        assertThat(again.keySet())
                .as("sent twice although the outcome was known, " + told)
                .isSubsetOf(texts(connection, "select delivery_id from attempt where outcome = 'unknown'"));
    }

    private static void carts(Connection connection, String product, int customers) throws SQLException {
        for (var statement : List.of(
                "insert into customer (tenant, id, name, email, state) select 'default', 'cust-' || n, 'Ada', 'ada@example.com', '{\"fields\": {}, \"items\": {}}' from generate_series(1, %2$d) n on conflict do nothing",
                "insert into customer_version (tenant, id, position, version, name, email, attributes) select tenant, id, 0, 1, name, email, '{}' from customer on conflict do nothing",
                "insert into preference (tenant, customer_id, choices, as_of) select tenant, id, '{\"preferences\": {\"price_alerts\": {\"email\": true}}}', now() from customer on conflict do nothing",
                "insert into preference_version select tenant, customer_id, 0, 1, choices from preference on conflict do nothing",
                "insert into memory_relation (tenant, relation, object, customer_id, position, present, as_of, event_id) select 'default', 'cart', '%1$s', 'cust-' || n, 0, true, now(), 'e' from generate_series(1, %2$d) n")) {
            try (var one = connection.createStatement()) {
                one.execute(statement.formatted(product, customers));
            }
        }
    }

    private void drop(String product) throws Exception {
        events++;
        var answer = http.send(
                HttpRequest.newBuilder(runs.get(runs.size() - 1).uri("/api/v1/events"))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"event_type": "pricing.price-changed", "event_timestamp": "2025-10-31T19:00:00Z", "properties":
                                  {"productId": "%s", "productName": "P", "oldPrice": 100, "newPrice": %d, "currency": "EUR"}}""".formatted(product, 90 - events)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private void start(PostgresAddress database) throws Exception {
        runs.add(PackagedService.launchUncovered(
                        directory.resolve("run-" + runs.size()),
                        PackagedService.on(
                                database,
                                Map.of(
                                        "CARILLON_ADMIN_KEY",
                                        KEY,
                                        "CARILLON_DISPATCH_LEASE",
                                        "PT2S",
                                        "CARILLON_RULES_PATH",
                                        directory.resolve("rules").toString())))
                .awaitStarted());
    }
}
