package dev.carillon.eventsourced.backtest;

import static dev.carillon.testing.PostedEvent.orderShipped;
import static dev.carillon.testing.PostedEvent.orderStatus;
import static dev.carillon.testing.PostedEvent.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.carillon.platform.id.Ids;
import dev.carillon.testing.PostedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BacktestTest {

    private static final Instant DAY = Instant.parse("2025-10-31T00:00:00Z");

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    private String run;
    private long before;

    @BeforeEach
    void aStretchOfItsOwn() {
        run = ids.next();
        answered();
        before = pool.query("select position from journal_head")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void the_rules_in_force_over_any_history_make_no_difference() {
        // Given
        long seed = new Random().nextLong();
        history(new Random(seed));

        // Then
        backtest(Map.of("from", Map.of("position", before + 1)))
                .body("state", equalTo("done"))
                .body("report.told.then", greaterThan(10))
                .body(
                        "report.samples",
                        equalTo(Map.of(
                                "added",
                                List.of(),
                                "removed",
                                List.of(),
                                "movedInTime",
                                List.of(),
                                "changedText",
                                List.of())))
                .body("report.empty", equalTo(true));
    }

    @Test
    void the_rules_in_force_make_no_difference_to_who_takes_only_so_many_be_some_told_by_the_api() {
        // Given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var window = List.of(
                        "\"per\": \"PT1H\"", "\"per\": \"PT1H\", \"window\": \"fixed\"", "\"per\": \"calendar-day\"")
                .get(random.nextInt(3));
        var capped = run + "capped";
        publish(event(
                "capped",
                "customer.customer-updated",
                "{\"customerId\": \"%s\", \"name\": \"N\", \"email\": \"a@example.com\", \"phone\": null, \"segment\": \"gold\"}"
                        .formatted(capped),
                0));

        // When
        for (int n = 0; n < 12; n++) {
            publish(event(
                    "capped",
                    "customer.preferences-changed",
                    "{\"customerId\": \"%s\", \"preferences\": {}, \"frequencyCap\": {\"max\": %d, %s}}"
                            .formatted(capped, n == 0 ? 2 : 1 + n / 2 + random.nextInt(3), window),
                    n));
            publish(IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(order -> shippedTo("capped", ids.next()))
                    .toList());
            answered();
            if (random.nextBoolean()) {
                given().contentType(ContentType.JSON)
                        .body(Map.of("type", "ORDER_SHIPPED", "customerId", capped, "context", Map.of("orderId", "o")))
                        .post("/api/v1/notifications")
                        .then()
                        .statusCode(202);
            }
        }

        // Then
        backtest(Map.of("from", Map.of("position", before + 1)))
                .body("report.told.then", greaterThan(1))
                .body("report.reasons.FREQUENCY_CAPPED.then", greaterThan(0))
                .body(
                        "report.samples",
                        equalTo(Map.of(
                                "added",
                                List.of(),
                                "removed",
                                List.of(),
                                "movedInTime",
                                List.of(),
                                "changedText",
                                List.of())))
                .body("report.empty", equalTo(true));
    }

    @Test
    void a_rule_that_is_left_out_takes_its_messages_with_it() {
        // Given
        publish(shipped(0, "SHIPPED"), shipped(1, "SHIPPED"), shipped(2, "PACKED"));

        // Then
        backtest(Map.of("from", Map.of("position", before + 1), "rules", "[]"))
                .body("report.removed", equalTo(2))
                .body("report.added", equalTo(0))
                .body("report.reasons.CONDITION_FALSE", equalTo(Map.of("then", 1, "now", 0)))
                .body("report.samples.removed.ruleId", equalTo(List.of("order-shipped", "order-shipped")));
    }

    @Test
    void a_rule_that_says_yes_more_often_or_later_shows_what_it_adds_and_moves() {
        // Given
        publish(shipped(0, "SHIPPED"), shipped(1, "PACKED"));
        var candidate = """
                - id: order-shipped
                  on: ordering.order-status-changed
                  when: event.data.newStatus in ['SHIPPED', 'PACKED']
                  delay: PT0.001S
                  notify: { type: ORDER_SHIPPED, category: order_updates }
                  once: "order/${event.data.orderId}/shipped"
                """;

        // Then
        backtest(Map.of("from", Map.of("position", before + 1), "rules", candidate, "onTopOfCurrent", true))
                .body("report.added", equalTo(1))
                .body("report.removed", equalTo(0))
                .body("report.movedInTime", equalTo(1))
                .body("report.samples.added[0].wordsNow.email.text", not(empty()));
    }

    @Test
    void long_words_that_were_said_are_compared_whole_and_shown_cut() {
        // Given
        var type = "backtest.long-" + run;
        given().contentType(ContentType.JSON)
                .body(Map.of("id", "long-" + run, "on", type, "notify", Map.of("type", "CARD_PAYMENTS_SUMMARY")))
                .put("/api/v1/rules/long-" + run)
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "Ada", "email", "ada@example.com"))
                .put("/api/v1/customers/" + run + "long")
                .then()
                .statusCode(201);
        publish(event(
                "long",
                type,
                "{\"count\": 60, \"items\": [%s]}"
                        .formatted(String.join(
                                ",",
                                Collections.nCopies(
                                        60,
                                        "{\"merchant\": \"😀%s\", \"amount\": 1, \"currency\": \"EUR\"}"
                                                .formatted("ä".repeat(100))))),
                0));

        // Then
        backtest(Map.of("from", Map.of("position", before + 1)))
                .body("report.told.then", equalTo(1))
                .body("report.empty", equalTo(true));
        backtest(Map.of("from", Map.of("position", before + 1), "rules", "[]"))
                .body("report.removed", equalTo(1))
                .body("report.samples.removed[0].wordsThen.email.cut", startsWith("the beginning of "))
                .body("report.samples.removed[0].wordsThen.email.text.length()", greaterThan(1_999));
        given().delete("/api/v1/rules/long-" + run).then().statusCode(204);
    }

    @Test
    void what_a_rule_had_to_do_with_tells_a_slip_from_a_rule_that_had_no_chance() {
        // Given
        var type = "backtest.seen-" + run;
        publish(event("a", type, "{\"amount\": 3}", 0), event("b", type, "{\"amount\": 30}", 1));
        var candidates = """
                - { id: slip, on: %1$s, when: event.data.amuont > 10, notify: { type: ORDER_SHIPPED } }
                - { id: fine, on: %1$s, when: event.data.amount > 10, notify: { type: ORDER_SHIPPED } }
                - { id: never, on: %1$s-not, notify: { type: ORDER_SHIPPED } }
                - { id: off, on: %1$s, enabled: false, notify: { type: ORDER_SHIPPED } }
                """.formatted(type);

        // When
        var coverage = backtest(Map.of("from", Map.of("position", before + 1), "rules", candidates))
                .extract()
                .jsonPath();

        // Then
        assertThat(coverage.getList("report.coverage.ruleId", String.class))
                .containsExactly("slip", "fine", "never", "off");
        assertThat(coverage.getList("report.coverage.sentence", String.class))
                .containsExactly(
                        "None of 2 events of " + type
                                + " met the condition: event.data.amuont > 10: no field 'amuont' (2).",
                        "Of 2 events of " + type
                                + " 1 met the condition; 1 customer was looked at, 0 would be told at once.",
                        "There was no event of " + type + "-not in this stretch, so it says nothing about the rule.",
                        "The rule is switched off, so it heard nothing.");
        assertThat(coverage.<Map<String, Object>>get("report.coverage[1]"))
                .containsEntry("events", Map.of(type, 2))
                .containsEntry("passed", 1)
                .containsEntry("customers", 1)
                .containsEntry("refused", Map.of("event.data.amount > 10 is false", 1));
    }

    @Test
    void a_short_one_counts_the_latest_events_and_says_what_it_left_out() {
        // Given
        publish(shipped(0, "SHIPPED"), shipped(1, "SHIPPED"), shipped(2, "SHIPPED"));
        var latest = Map.<String, Object>of("latest", 2, "within", "PT15S", "rules", "[]");

        // Then
        var id = backtest(latest)
                .body("state", equalTo("done"))
                .body("cut", equalTo("only the latest 2 events count"))
                .body("report.removed", equalTo(2))
                .extract()
                .<String>path("id");
        given().get("/api/v1/backtests/" + id).then().statusCode(404);
        backtest(Map.of("latest", 3, "within", "PT15S", "from", Map.of("position", before + 1), "rules", "[]"))
                .body("cut", nullValue())
                .body("report.removed", equalTo(3));
        given().contentType(ContentType.JSON)
                .body(Map.of("latest", 0, "within", "PT1M"))
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(422)
                .body("errors.pointer", containsInAnyOrder("/latest", "/within"));
    }

    @Test
    void nothing_is_written() {
        // Given
        publish(shipped(0, "SHIPPED"));
        answered();
        var counts = counts();

        // When
        backtest(Map.of("from", Map.of("position", before + 1)));

        // Then
        assertThat(counts()).isEqualTo(counts);
    }

    @Test
    void a_rule_that_cannot_be_used_is_named_with_its_place() {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "rules", "- id: x\n  on: a.b\n  when: event.dta == 1\n  notify: { type: ORDER_SHIPPED }\n"))
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(422)
                .body("errors[0].line", equalTo(3));
        given().contentType(ContentType.JSON)
                .body(Map.of("warmUp", "long", "samples", 1000, "from", Map.of()))
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/from", "/warmUp", "/samples")));
        given().get("/api/v1/backtests/" + ids.next()).then().statusCode(404);
    }

    private ValidatableResponse backtest(Map<String, Object> request) {
        answered();
        return given().contentType(ContentType.JSON)
                .body(request)
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(200)
                .body("progress", equalTo(1.0f));
    }

    /** Orders, prices, carts, payments and preferences of a few customers, in random order, some of it late and some twice. */
    private void history(Random random) {
        var events = new ArrayList<PostedEvent>();
        for (int c = 0; c < 5; c++) {
            events.add(event(
                    "c" + c,
                    "customer.customer-updated",
                    "{\"customerId\": \"%s\", \"name\": \"N\", \"email\": \"a@example.com\", \"phone\": null, \"segment\": \"%s\"}"
                            .formatted(run + "c" + c, c % 2 == 0 ? "gold" : "silver"),
                    c));
        }
        for (int n = 0; n < 250; n++) {
            var customer = "c" + random.nextInt(6);
            var id = run + customer;
            var product = run + "p" + random.nextInt(3);
            var order = run + "o" + random.nextInt(12);
            events.add(
                    switch (random.nextInt(9)) {
                        case 0 ->
                            event(
                                    customer,
                                    "customer.cart-item-added",
                                    "{\"customerId\": \"%s\", \"productId\": \"%s\", \"quantity\": 1}"
                                            .formatted(id, product),
                                    random.nextInt(40));
                        case 1 ->
                            event(
                                    customer,
                                    "customer.cart-item-removed",
                                    "{\"customerId\": \"%s\", \"productId\": \"%s\"}".formatted(id, product),
                                    random.nextInt(40));
                        case 2 ->
                            event(
                                    customer,
                                    "customer.preferences-changed",
                                    "{\"customerId\": \"%s\", \"preferences\": {\"price_alerts\": {\"email\": %s}}, \"quietHours\": [{\"start\": \"%02d:00\", \"end\": \"%02d:00\"}]}"
                                            .formatted(
                                                    id, random.nextBoolean(), random.nextInt(24), random.nextInt(24)),
                                    random.nextInt(40));
                        case 3 ->
                            event(
                                    customer,
                                    "pricing.price-changed",
                                    "{\"productId\": \"%s\", \"productName\": \"P\", \"oldPrice\": %d, \"newPrice\": %d, \"currency\": \"USD\"}"
                                            .formatted(product, 10 + random.nextInt(3), 10 + random.nextInt(3)),
                                    random.nextInt(40));
                        case 4 ->
                            event(
                                    customer,
                                    "ordering.order-status-changed",
                                    "{\"orderId\": \"%s\", \"customerId\": \"%s\", \"newStatus\": \"%s\"}"
                                            .formatted(order, id, random.nextBoolean() ? "SHIPPED" : "PACKED"),
                                    random.nextInt(40));
                        case 5 ->
                            event(
                                    customer,
                                    "payment_failed",
                                    "{\"failure_reason\": \"INSUFFICIENT_FUNDS\", \"attempt_number\": %d}"
                                            .formatted(1 + random.nextInt(4)),
                                    random.nextInt(40));
                        case 6 -> event(customer, "signup_completed", "{}", random.nextInt(40));
                        case 7 -> event(customer, "link_bank_success", "{}", random.nextInt(40));
                        default ->
                            event(
                                    customer,
                                    "ordering.line-item-status-changed",
                                    "{\"orderId\": \"%s\", \"customerId\": \"%s\", \"lineItemId\": \"l%d\", \"productId\": \"p\", \"newStatus\": \"SHIPPED\"}"
                                            .formatted(order, id, random.nextInt(2)),
                                    random.nextInt(40));
                    });
        }
        for (int o = 0; o < 12; o++) {
            events.add(event(
                    "c1",
                    "ordering.order-placed",
                    ("{\"orderId\": \"%s\", \"customerId\": \"%s\", \"lineItems\": ["
                                    + "{\"id\": \"l0\", \"productId\": \"p\", \"productName\": \"P\", \"quantity\": 1, \"status\": \"PENDING\"},"
                                    + "{\"id\": \"l1\", \"productId\": \"p\", \"productName\": \"P\", \"quantity\": 1, \"status\": \"PENDING\"}]}")
                            .formatted(run + "o" + o, run + "c1"),
                    o));
        }
        Collections.shuffle(events, random);
        for (int from = 0; from < events.size(); from += 20) {
            publish(events.subList(from, Math.min(events.size(), from + 20)));
        }
    }

    private PostedEvent shippedTo(String customer, String order) {
        return orderShipped(order, run + customer).at(DAY);
    }

    private PostedEvent shipped(int order, String status) {
        return orderStatus(run + "-" + order, "cust-001", status).at(DAY);
    }

    private PostedEvent event(String user, String type, String properties, int hour) {
        return PostedEvent.event(run + user, type)
                .at(DAY.plus(Duration.ofHours(hour)))
                .data(properties)
                .traits(
                        type.equals("signup_completed")
                                ? "{\"marketing_opt_in\": true, \"email\": \"b@example.com\"}"
                                : "{}");
    }

    private void answered() {
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(pool.query("select count(*) from event_pending where error is null")
                                .executeAndAwait()
                                .iterator()
                                .next()
                                .getLong(0))
                        .isZero());
    }

    private List<Long> counts() {
        return List.of(
                        "decision",
                        "notification",
                        "delivery",
                        "business_key",
                        "timer",
                        "throttle_send",
                        "memory_collected")
                .stream()
                .map(table -> pool.preparedQuery("select count(*) from " + table)
                        .executeAndAwait(Tuple.tuple())
                        .iterator()
                        .next()
                        .getLong(0))
                .toList();
    }
}
