package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every story, through both doors: who is told what, derived by hand from data/*.json (data/README.md). */
@QuarkusTest
class StoriesTest {

    /** Each story runs once through each door, whatever is asserted of it. */
    private static final Map<String, JsonPath> COMPARISONS = new HashMap<>();

    @Inject
    Pool pool;

    /** A story and the messages it must lead to: customer, type, channel. */
    record Story(String scenario, List<Tuple> told) {

        @Override
        public String toString() {
            return scenario;
        }
    }

    static Stream<Story> stories() {
        return Stream.of(
                new Story(
                        "order-shipped",
                        List.of(
                                tuple("cust-001", "ORDER_SHIPPED", "email"),
                                tuple("cust-001", "ORDER_SHIPPED", "sms"))),
                new Story(
                        "payment-failed",
                        List.of(
                                tuple("cust-001", "PAYMENT_FAILED", "email"),
                                tuple("cust-001", "PAYMENT_FAILED", "sms"))),
                new Story(
                        "price-drop-alert",
                        List.of(
                                tuple("cust-001", "PRICE_DROP_ALERT", "email"),
                                tuple("cust-002", "PRICE_DROP_ALERT", "email"),
                                tuple("cust-002", "PRICE_DROP_ALERT", "sms"))),
                new Story(
                        "order-complete",
                        List.of(
                                tuple("cust-005", "ORDER_COMPLETE", "email"),
                                tuple("cust-005", "ORDER_COMPLETE", "sms"))),
                new Story(
                        "wishlist-sale",
                        List.of(
                                tuple("cust-001", "WISHLIST_SALE", "email"),
                                tuple("cust-003", "WISHLIST_SALE", "email"))));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void both_doors_tell_exactly_these_customers_the_same_words_once(Story story) {
        // When
        var comparison = comparison(story.scenario());

        // Then
        assertThat(told(comparison, "eventSourced")).containsExactlyInAnyOrderElementsOf(story.told());
        assertThat(told(comparison, "apiDriven")).containsExactlyInAnyOrderElementsOf(story.told());
        assertThat(comparison.getBoolean("sameOutcome")).isTrue();
        assertThat(comparison.getList("differences")).isEmpty();
        assertThat(comparison.<String>getList("eventSourced.notifications.status"))
                .containsOnly("sent");
        assertThat(comparison.<String>getList("apiDriven.notifications.status")).containsOnly("sent");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void each_door_has_its_price(Story story) {
        // When
        var comparison = comparison(story.scenario());

        // Then
        assertThat(comparison.getInt("eventSourced.cost.eventsPublished")).isPositive();
        assertThat(comparison.getInt("eventSourced.cost.apiCalls")).isZero();
        assertThat(comparison.getInt("eventSourced.cost.lookupsByDomainTeams")).isZero();
        assertThat(comparison.getInt("eventSourced.cost.lookupsByNotificationService"))
                .isPositive();
        assertThat(comparison.getInt("apiDriven.cost.eventsPublished")).isZero();
        assertThat(comparison.getInt("apiDriven.cost.apiCalls")).isEqualTo((int)
                story.told().stream().map(one -> one.toList().get(0)).distinct().count());
        assertThat(comparison.getLong("eventSourced.cost.micros")).isPositive();
    }

    @Test
    void the_price_drop_says_why_the_others_are_not_told() {
        // When
        var run = get("/demo/event-sourced/price-drop-alert");

        // Then
        assertThat(run.<Map<String, String>>getList("suppressed"))
                .extracting(one -> one.get("customerId"), one -> one.get("channel"), one -> one.get("reason"))
                .containsExactlyInAnyOrder(
                        tuple("cust-003", null, "NOT_ELIGIBLE"),
                        tuple("cust-001", "sms", "CATEGORY_OFF"),
                        tuple("cust-004", "email", "CATEGORY_OFF"),
                        tuple("cust-004", "sms", "CATEGORY_OFF"));
        assertThat(run.<String>getList("notifications.subject"))
                .contains("Price Drop Alert: Wireless Router X500 is now $119.99!");
    }

    @Test
    void the_order_waits_for_its_last_line() {
        // When
        var run = get("/demo/event-sourced/order-complete");

        // Then
        assertThat(run.<Map<String, String>>getList("suppressed"))
                .extracting(one -> one.get("customerId"), one -> one.get("reason"), one -> one.get("detail"))
                .containsExactly(tuple("cust-005", "AWAITING_CORRELATION", "2 of 3"));
        assertThat(run.getInt("cost.eventsPublished")).isEqualTo(2);
    }

    @Test
    void dependencies_and_diagrams_show_what_ran() {
        // When
        var comparison = comparison("price-drop-alert");

        // Then
        assertThat(comparison.<String>getList("dependencies.eventSourced.PricingService"))
                .containsExactly("Catalog", "EventPublisher");
        assertThat(comparison.<String>getList("dependencies.apiDriven.PricingCaller"))
                .containsExactly("Baskets", "Catalog", "Customers", "NotificationService");
        assertThat(comparison.getString("diagrams.eventSourced"))
                .startsWith("sequenceDiagram\n")
                .contains("PricingService-)EventBus: published pricing.price-changed");
        assertThat(comparison.getString("diagrams.apiDriven")).contains("PricingCaller->>Baskets: looked up carts\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-sourced", "api-driven", "comparison"})
    void an_unknown_scenario_lists_the_known_ones(String approach) {
        given().get("/demo/" + approach + "/no-such-story")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("https://carillon.dev/problems/unknown-scenario"))
                .body(
                        "scenarios",
                        containsInAnyOrder(
                                "order-shipped",
                                "payment-failed",
                                "price-drop-alert",
                                "order-complete",
                                "wishlist-sale"));
    }

    @Test
    void a_terminal_gets_two_columns_of_eighty_characters() {
        // When
        var answer = given().accept("text/plain").get("/demo/comparison/price-drop-alert");

        // Then
        answer.then().statusCode(200).contentType("text/plain;charset=UTF-8");
        assertThat(answer.headers().getValues("Vary")).contains("Accept");
        assertThat(answer.asString().lines())
                .allMatch(line -> line.length() <= 80, "80 characters at most")
                .anyMatch(line -> line.matches("  cust-002 PRICE_DROP_ALERT by email,\\s+\\|.*"))
                .anyMatch(line -> line.matches("  cust-003: NOT_ELIGIBLE\\s+\\|.*"))
                .anyMatch(line -> line.matches("  0 lookups by teams\\s+\\|   5 lookups by teams"))
                .contains("Same customers, same texts, same channels.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/plain;q=0.1, application/*"})
    void programs_get_json(String accepted) {
        var answer = given().accept(accepted).get("/demo/comparison/order-shipped");

        answer.then()
                .statusCode(200)
                .contentType("application/json;charset=UTF-8")
                .body("sameOutcome", equalTo(true));
        assertThat(answer.headers().getValues("Vary")).contains("Accept");
    }

    @Test
    void a_browser_is_sent_to_the_page_that_shows_it() {
        var sent = given().redirects()
                .follow(false)
                .accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .get("/demo/comparison/order-shipped?fault=caller-dies&remedy=outbox");

        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(sent.header("Location")).endsWith("/stories/order-shipped?fault=caller-dies&remedy=outbox");
        assertThat(sent.headers().getValues("Vary")).contains("Accept");
    }

    @Test
    void nobody_gets_a_form_they_did_not_ask_for() {
        given().accept("image/png")
                .get("/demo/comparison/order-shipped")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("type", equalTo("https://carillon.dev/problems/not-acceptable"));
    }

    @Test
    void post_does_what_get_does() {
        for (var path : List.of("event-sourced/order-shipped", "api-driven/order-shipped")) {
            given().post("/demo/" + path)
                    .then()
                    .statusCode(200)
                    .body("notifications.channel", hasItems("email", "sms"));
        }
        given().post("/demo/comparison/order-shipped").then().statusCode(200).body("sameOutcome", equalTo(true));
        given().post("/demo/comparison").then().statusCode(200).body("sameOutcome", equalTo(true));
    }

    @Test
    void the_summary_has_a_line_a_story() {
        given().get("/demo/comparison")
                .then()
                .statusCode(200)
                .body("sameOutcome", equalTo(true))
                .body("scenarios", hasSize(5))
                .body("scenarios.find { it.scenario == 'price-drop-alert' }.messages", equalTo(3))
                .body(
                        "scenarios.find { it.scenario == 'price-drop-alert' }.apiDriven.lookupsByDomainTeams",
                        equalTo(5));
    }

    @Test
    void runs_at_the_same_time_are_independent_and_leave_nothing_behind() throws Exception {
        // Given
        var runs = Executors.newFixedThreadPool(6);
        var work = new ArrayList<Callable<JsonPath>>();
        for (int n = 0; n < 12; n++) {
            var path = n % 2 == 0 ? "/demo/event-sourced/price-drop-alert" : "/demo/api-driven/price-drop-alert";
            work.add(() -> get(path));
        }

        // When
        var answers = runs.invokeAll(work);
        runs.shutdown();

        // Then
        for (var answer : answers) {
            assertThat(answer.get().getList("notifications")).hasSize(3);
        }
        for (var table : tablesWithTenant()) {
            assertThat(count("select count(*) from " + table + " where tenant like 'demo-%'"))
                    .as(table)
                    .isZero();
        }
        assertThat(count("select count(*) from tenant where throwaway")).isZero();
    }

    private List<String> tablesWithTenant() {
        var tables = new ArrayList<String>();
        pool.query("""
                select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
                where a.attname = 'tenant' and c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'carillon'::regnamespace
                """).executeAndAwait().forEach(row -> tables.add(row.getString(0)));
        assertThat(tables).hasSizeGreaterThan(20);
        return tables;
    }

    private long count(String query) {
        return pool.query(query).executeAndAwait().iterator().next().getLong(0);
    }

    private static List<Tuple> told(JsonPath comparison, String door) {
        return comparison.<Map<String, String>>getList(door + ".notifications").stream()
                .map(one -> tuple(one.get("customerId"), one.get("type"), one.get("channel")))
                .toList();
    }

    private static JsonPath comparison(String scenario) {
        return COMPARISONS.computeIfAbsent(scenario, name -> get("/demo/comparison/" + name));
    }

    private static JsonPath get(String path) {
        return given().get(path)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
