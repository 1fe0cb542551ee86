package dev.carillon.eventsourced.replay;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2025-10-31T12:00:00Z");
    private static final String REPLAYS = "/api/v1/replays";

    @Inject
    EventJournal journal;

    @Inject
    Transactions transactions;

    @Inject
    MemoryRebuild rebuild;

    @Inject
    PgReplaySessions sessions;

    @Inject
    Pool pool;

    @Inject
    Json json;

    @Inject
    Ids ids;

    private String tenant;

    /** What other tests have left or changed behind the journal's back is not what these are about. */
    @BeforeEach
    void memory_as_the_journal_says_and_a_tenant_of_its_own() {
        replayed();
        tenant = "replay-" + ids.next();
    }

    @Test
    void memory_built_anew_is_the_memory_there_was() {
        // Given
        long seed = new Random().nextLong();
        var history = history(new Random(seed), 1800);
        shuffled(history, new Random(seed));
        var knew = memory();
        var names = names();
        long told = count("select count(*) from notification");

        // When
        var replay = replayed();

        // Then
        assertThat(replay.getString("state")).isEqualTo("done");
        assertThat(replay.getBoolean("equal")).as("seed " + seed).isTrue();
        assertThat(replay.getString("liveHash"))
                .isEqualTo(replay.getString("rebuiltHash"))
                .hasSize(32);
        assertThat(replay.getLong("position")).isEqualTo(replay.getLong("of"));
        assertThat(replay.getLong("events")).isGreaterThanOrEqualTo(1800);
        assertThat(memory()).isEqualTo(knew).hasSizeGreaterThan(100);
        assertThat(names()).isEqualTo(names);
        assertThat(count("select count(*) from notification")).isEqualTo(told);
        assertThat(count("select count(*) from pg_tables where schemaname = 'carillon_replay'"))
                .isZero();
    }

    @Test
    void memory_that_is_not_what_the_journal_says_is_found_out_and_put_right() {
        // Given
        shuffled(history(new Random(7), 120), new Random(7));
        var knew = memory();
        pool.preparedQuery("update memory_relation set present = not present where tenant = $1")
                .executeAndAwait(Tuple.of(tenant));
        pool.preparedQuery("delete from memory_entity where tenant = $1 and kind = 'product'")
                .executeAndAwait(Tuple.of(tenant));

        // When
        var first = replayed();
        var second = replayed();

        // Then
        assertThat(first.getBoolean("equal")).isFalse();
        assertThat(memory()).isEqualTo(knew);
        assertThat(second.getBoolean("equal")).isTrue();
    }

    @Test
    void what_is_appended_meanwhile_is_not_lost_and_who_has_gone_does_not_come_back() {
        // Given
        var gone = tenant + "-gone";
        shuffled(history(new Random(1), 100), new Random(1));
        append(history(new Random(2), 20).stream().map(event -> of(gone, event)).toList());
        var session = sessions.open().await().indefinitely().orElseThrow();

        // When
        rebuild.begin(session).await().indefinitely();
        append(history(new Random(3), 30));
        var folded =
                rebuild.foldAll(session, progress -> {}, () -> false).await().indefinitely();
        var hashes = rebuild.compare(session, folded).await().indefinitely();
        append(history(new Random(4), 1100));
        forget(gone);
        var knew = memory();
        rebuild.changeOver(session, folded).await().indefinitely();
        session.close().await().indefinitely();

        // Then
        assertThat(hashes.equal()).isTrue();
        assertThat(memory()).isEqualTo(knew);
        assertThat(count("select count(*) from memory_relation where tenant = '" + gone + "'"))
                .isZero();
    }

    @Test
    void the_service_goes_on_meanwhile() {
        // Given
        shuffled(history(new Random(5), 600), new Random(5));

        // When
        var running = started();
        int appended = 0;
        do {
            append(history(new Random(appended), 20));
            appended += 20;
        } while ("running".equals(found(running).getString("state")));

        // Then
        assertThat(found(running).getBoolean("equal")).isTrue();
        assertThat(replayed().getBoolean("equal"))
                .as("after %d events".formatted(appended))
                .isTrue();
    }

    @Test
    void one_at_a_time_and_it_can_be_cancelled() {
        // Given
        append(history(new Random(6), 40));
        var knew = memory();

        // When
        var id = whileMemoryIsHeld(() -> {
            var running = started();
            given().post(REPLAYS).then().statusCode(409).contentType("application/problem+json");
            given().delete(REPLAYS + "/" + running).then().statusCode(202);
            return running;
        });

        // Then
        assertThat(ended(id).getString("state")).isEqualTo("cancelled");
        assertThat(memory()).isEqualTo(knew);
        given().delete(REPLAYS + "/" + id).then().statusCode(409).contentType("application/problem+json");
        given().get(REPLAYS + "/unheard-of").then().statusCode(404);
        assertThat(given().get(REPLAYS)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getString("[0].id"))
                .isEqualTo(id);
    }

    private JsonPath replayed() {
        return ended(started());
    }

    private static String started() {
        var begun = given().post(REPLAYS).then().statusCode(202).extract();
        String id = begun.path("id");
        assertThat(begun.header("Location")).endsWith(REPLAYS + "/" + id);
        return id;
    }

    private static JsonPath ended(String id) {
        return await().atMost(DEADLINE).until(() -> found(id), replay -> !"running".equals(replay.getString("state")));
    }

    private static JsonPath found(String id) {
        return given().get(REPLAYS + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    /** Nobody reads a table of memory, and so nobody makes another one like it. */
    private <T> T whileMemoryIsHeld(Supplier<T> work) {
        var connection = pool.getConnection().await().indefinitely();
        try {
            var transaction = connection.begin().await().indefinitely();
            connection
                    .query("lock table memory_entity in access exclusive mode")
                    .executeAndAwait();
            var done = work.get();
            transaction.commit().await().indefinitely();
            return done;
        } finally {
            connection.close().await().indefinitely();
        }
    }

    private List<EventEnvelope> history(Random random, int events) {
        return IntStream.range(0, events).mapToObj(n -> event(random)).toList();
    }

    private EventEnvelope event(Random random) {
        var customer = "c" + random.nextInt(12);
        var product = "p" + random.nextInt(6);
        var order = "o" + random.nextInt(40);
        var line = order + "-" + random.nextInt(4);
        return switch (random.nextInt(8)) {
            case 0 ->
                event(
                        random,
                        "customer.cart-item-added",
                        Map.of("customerId", customer, "productId", product, "quantity", 1));
            case 1 -> event(random, "customer.cart-item-removed", Map.of("customerId", customer, "productId", product));
            case 2 ->
                event(random, "customer.wishlist-item-added", Map.of("customerId", customer, "productId", product));
            case 3 ->
                event(random, "customer.wishlist-item-removed", Map.of("customerId", customer, "productId", product));
            case 4 ->
                event(
                        random,
                        "pricing.price-changed",
                        Map.of(
                                "productId",
                                product,
                                "productName",
                                "P",
                                "oldPrice",
                                new BigDecimal("20.50"),
                                "newPrice",
                                BigDecimal.valueOf(random.nextInt(1000), 2),
                                "currency",
                                "USD"));
            case 5 ->
                event(
                        random,
                        "ordering.order-placed",
                        Map.of("orderId", order, "customerId", customer, "lineItems", List.of(line(line))));
            case 6 ->
                event(
                        random,
                        "ordering.line-item-added",
                        Map.of("orderId", order, "customerId", customer, "lineItem", line(line)));
            default ->
                event(
                        random,
                        "ordering.line-item-status-changed",
                        Map.of(
                                "orderId",
                                order,
                                "customerId",
                                customer,
                                "lineItemId",
                                line,
                                "productId",
                                product,
                                "newStatus",
                                random.nextBoolean() ? "PACKED" : "PENDING"));
        };
    }

    private static Map<String, Object> line(String id) {
        return Map.of("id", id, "productId", "p", "productName", "P", "quantity", 1, "status", "PENDING");
    }

    private EventEnvelope event(Random random, String type, Map<String, Object> data) {
        return new EventEnvelope(
                tenant,
                ids.next(),
                "/test",
                type,
                null,
                NOON.plus(Duration.ofMinutes(random.nextInt(600))),
                data,
                Map.of(),
                Map.of());
    }

    private static EventEnvelope of(String tenant, EventEnvelope event) {
        return new EventEnvelope(
                tenant,
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.occurredAt(),
                event.data(),
                event.traits(),
                event.extensions());
    }

    /** In another order than it happened, some of it twice. */
    private void shuffled(List<EventEnvelope> history, Random random) {
        var shuffled = new ArrayList<>(history);
        shuffled.addAll(history.subList(0, history.size() / 4));
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); from += 70) {
            append(shuffled.subList(from, Math.min(shuffled.size(), from + 70)));
        }
    }

    private void append(List<EventEnvelope> events) {
        transactions.inTransaction(tx -> journal.append(tx, events)).await().indefinitely();
    }

    /** As when a demo run's tenant is cleared away. */
    private void forget(String who) {
        for (var table : List.of(
                "memory_entity",
                "memory_relation",
                "memory_collected",
                "memory_collection",
                "event_pending",
                "event")) {
            pool.preparedQuery("delete from " + table + " where tenant = $1").executeAndAwait(Tuple.of(who));
        }
    }

    /** Every version of everything of this test's tenant, as documents. */
    private List<String> memory() {
        var rows = pool.preparedQuery("""
                select to_jsonb(e)::text from (select tenant, kind, id, position, data::jsonb, state::jsonb from memory_entity where tenant = $1) e
                union all select to_jsonb(r)::text from memory_relation r where tenant = $1
                union all select to_jsonb(s)::text from memory_collection s where tenant = $1
                union all select to_jsonb(c)::text from memory_collected c where tenant = $1 order by 1
                """).executeAndAwait(Tuple.of(tenant));
        var memory = new ArrayList<String>();
        rows.forEach(row -> memory.add(json.map(row.getString(0)).toString())); // numbers by their value
        return memory;
    }

    /** Of the indexes and constraints on memory, and how its tables are kept. */
    private List<String> names() {
        var rows = pool.query("""
                select indexdef from pg_indexes where schemaname = 'carillon' and tablename like 'memory%'
                union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid::regclass::text like 'memory%'
                union all select relname || ' ' || reloptions::text from pg_class where relname like 'memory%' and reloptions is not null order by 1
                """).executeAndAwait();
        var names = new ArrayList<String>();
        rows.forEach(row -> names.add(row.getString(0)));
        return names;
    }

    private long count(String query) {
        return pool.query(query).executeAndAwait().iterator().next().getLong(0);
    }
}
