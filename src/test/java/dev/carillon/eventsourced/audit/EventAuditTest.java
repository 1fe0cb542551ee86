package dev.carillon.eventsourced.audit;

import static dev.carillon.testing.PostedEvent.event;
import static dev.carillon.testing.PostedEvent.orderShipped;
import static dev.carillon.testing.PostedEvent.orderStatus;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import dev.carillon.testing.PostedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From an event to what it led to, and from a customer to what happened. */
@QuarkusTest
class EventAuditTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Ids ids;

    @Test
    void an_event_shows_every_decision_it_led_to_with_its_gates() {
        // Given
        var id = ids.next();

        // When
        shipped(id, "cust-001", "ord-" + id).publish();

        // Then
        var event = answered(id);
        assertThat(event.getString("state")).isEqualTo("answered");
        assertThat(event.getString("type")).isEqualTo("ordering.order-status-changed");
        assertThat(event.getMap("data")).containsEntry("newStatus", "SHIPPED");
        assertThat(event.getMap("traits")).containsEntry("vip", true);
        var told = event.getMap("decisions.find { it.ruleId == 'order-shipped' }");
        assertThat(told)
                .containsEntry("verdict", "notify")
                .containsEntry("customerId", "cust-001")
                .containsEntry("reason", null)
                .containsKey("notificationId");
        assertThat(event.getList("decisions.find { it.ruleId == 'order-shipped' }.gates.name"))
                .startsWith("when");
        assertThat(event.getString("decisions.find { it.ruleId == 'order-shipped' }.ruleVersion"))
                .isNotBlank();
    }

    @Test
    void a_no_has_its_reason_and_words() {
        // Given
        var id = ids.next();

        // When
        orderStatus("ord-" + id, "cust-001", "PACKED").id(id).publish();

        // Then
        var decision = answered(id).getMap("decisions.find { it.ruleId == 'order-shipped' }");
        assertThat(decision)
                .containsEntry("verdict", "ignore")
                .containsEntry("reason", "CONDITION_FALSE")
                .containsEntry("sentence", "What happened did not meet the condition for sending a message.")
                .containsEntry("notificationId", null);
    }

    @Test
    void a_type_nobody_listens_to_is_answered_by_no_rule() {
        // Given
        var id = ids.next();

        // When
        event("u", "nobody.listens").id(id).publish();

        // Then
        assertThat(answered(id).getString("state")).isEqualTo("answered-by-no-rule");
        assertThat(answered(id).getList("decisions")).isEmpty();
    }

    @Test
    void decisions_come_a_page_at_a_time() {
        // Given
        var id = ids.next();
        event("pricing", "pricing.price-changed").id(id).data("""
                {"productId": "prod-001", "productName": "Headphones", "oldPrice": 149.99, "newPrice": 99.99, "currency": "USD"}""").publish();
        var all = answered(id).getList("decisions.id", String.class);
        assertThat(all).hasSizeGreaterThan(1);

        // When
        var walked = new ArrayList<String>();
        for (String after = ""; after != null; ) {
            var page = given().queryParams(after.isEmpty() ? Map.of() : Map.of("after", after))
                    .queryParam("limit", 1)
                    .get("/api/v1/events/" + id)
                    .then()
                    .extract()
                    .jsonPath();
            walked.addAll(page.getList("decisions.id", String.class));
            after = page.getString("nextDecisions");
        }

        // Then
        assertThat(walked).isEqualTo(all);
    }

    @Test
    void one_id_under_two_sources_is_two_events() {
        // Given
        var id = ids.next();
        event("u", "test.first").id(id).publish();
        given().contentType("application/cloudevents+json;charset=utf-8")
                .body("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/second\", \"type\": \"test.second\"}"
                        .formatted(id))
                .post("/api/v1/events")
                .then()
                .statusCode(202);

        // Then
        given().get("/api/v1/events/" + id).then().body("type", equalTo("test.second"));
        given().queryParam("source", "/api/v1/events")
                .get("/api/v1/events/" + id)
                .then()
                .body("type", equalTo("test.first"));
        given().queryParam("source", "/third")
                .get("/api/v1/events/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void what_each_of_two_events_of_one_id_led_to_is_its_own() {
        // Given
        var id = ids.next();
        var user = "twice-" + id;
        registered(user);

        // When
        shipped(id, user, "ord-" + id).publish();
        given().contentType("application/cloudevents+json;charset=utf-8")
                .body("""
                {"specversion": "1.0", "id": "%s", "source": "/second", "type": "payment_failed", "subject": "%s", "time": "2025-10-31T19:30:00Z",
                 "data": {"failure_reason": "INSUFFICIENT_FUNDS", "amount": 10}}""".formatted(id, user))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> given().get("/audit/" + user).then().body("notification_history.size()", equalTo(2)));

        // Then
        given().queryParam("source", "/api/v1/events")
                .get("/api/v1/events/" + id)
                .then()
                .body("decisions.findAll { it.verdict == 'notify' }.ruleId", contains("order-shipped"))
                .body("decisions.ruleId", not(hasItem("insufficient-funds-email")));
        given().queryParam("source", "/second")
                .get("/api/v1/events/" + id)
                .then()
                .body("decisions.findAll { it.verdict == 'notify' }.ruleId", contains("insufficient-funds-email"))
                .body("decisions.ruleId", not(hasItem("order-shipped")));
        given().get("/audit/" + user)
                .then()
                .body(
                        "notification_history.find { it.notification_type == 'ORDER_SHIPPED' }.trigger_event",
                        equalTo("ordering.order-status-changed"))
                .body(
                        "notification_history.find { it.notification_type == 'INSUFFICIENT_FUNDS_EMAIL' }.trigger_event",
                        equalTo("payment_failed"));
        given().queryParams("eventId", id, "customerId", user, "source", "/api/v1/events")
                .get("/api/v1/explanations")
                .then()
                .statusCode(200)
                .body("rules.ruleId", hasItem("order-shipped"))
                .body("rules.ruleId", not(hasItem("insufficient-funds-email")));
    }

    @Test
    void the_journal_is_walked_newest_first_page_by_page() {
        // Given
        var run = "test.walk-" + ids.next();
        var before = Instant.now();
        for (int n = 0; n < 7; n++) {
            event("u" + n % 2, run).id("e" + n + run).publish();
        }

        // When
        var byType = walk(Map.of("type", run));
        var bySubject = walk(Map.of("type", run, "subject", "u1"));

        // Then
        assertThat(byType)
                .containsExactly("e6" + run, "e5" + run, "e4" + run, "e3" + run, "e2" + run, "e1" + run, "e0" + run);
        assertThat(bySubject).containsExactly("e5" + run, "e3" + run, "e1" + run);
        assertThat(walk(Map.of("type", run, "from", before.minusSeconds(60).toString())))
                .hasSize(7);
        assertThat(walk(Map.of("type", run, "to", before.minusSeconds(60).toString())))
                .isEmpty();
        given().get("/api/v1/events").then().statusCode(200).body("events.size()", lessThanOrEqualTo(50));
    }

    @Test
    void parameters_that_are_not_valid_are_all_named() {
        given().queryParam("limit", "many")
                .queryParam("from", "today")
                .queryParam("after", "x")
                .get("/api/v1/events")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/from", "/after", "/limit"));
        given().queryParam("limit", "201").get("/api/v1/events").then().statusCode(422);
        given().queryParam("limit", "501").get("/audit/u").then().statusCode(422);
        given().get("/api/v1/events/nobody-knows").then().statusCode(404);
        given().queryParam("after", "x")
                .get("/api/v1/events/nobody-knows")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/after"));
        given().queryParam("after", "x")
                .get("/api/v1/waiting")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/after"));
    }

    @Test
    void a_time_that_ends_before_it_begins_is_refused_wherever_one_is_asked_for() {
        for (var path : List.of("/api/v1/events", "/api/v1/notifications", "/api/v1/dead-letters")) {
            given().queryParam("from", "2026-03-02T00:00:00Z")
                    .queryParam("to", "2026-03-01T00:00:00Z")
                    .get(path)
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/from"), "errors.detail", contains("must be before to"));
        }
    }

    @Test
    void the_audit_of_large_events_ends_early_and_says_so_and_their_list_does_not() {
        // Given
        var user = "large-" + ids.next();
        var large = event(user, "nobody.listens").data("{\"filling\": \"" + "x".repeat(250_000) + "\"}");
        for (int i = 0; i < 12; i++) {
            large.publish();
        }

        // When
        var audit = given().get("/audit/" + user).then().statusCode(200).extract();
        var few = given().queryParam("limit", 4)
                .get("/audit/" + user)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var list = given().queryParam("subject", user)
                .queryParam("limit", 200)
                .get("/api/v1/events")
                .then()
                .statusCode(200)
                .extract();

        // Then
        assertThat(audit.jsonPath().getList("recent_events")).hasSize(5);
        assertThat(audit.jsonPath().getString("note")).contains("1 MiB", "/api/v1/events");
        assertThat(few.getList("recent_events")).hasSize(4);
        assertThat(few.getMap("")).doesNotContainKey("note");
        assertThat(list.jsonPath().getList("events")).hasSize(12);
        assertThat(list.asByteArray()).hasSizeLessThan(10_000);
    }

    @Test
    void the_audit_has_seed_5_s_shape() {
        // Given
        var order = "ord-" + ids.next();
        var user = "audit-" + order;
        registered(user);
        shipped("first-" + order, user, order).publish();
        answered("first-" + order);
        shipped("again-" + order, user, order).at("2025-10-31T20:15:00.987Z").publish();

        // When
        await().atMost(DEADLINE)
                .untilAsserted(() -> given().get("/audit/" + user)
                        .then()
                        .statusCode(200)
                        .body("notification_history.status", contains("suppressed", "sent")));
        var audit = given().get("/audit/" + user).then().extract().jsonPath();

        // Then
        assertThat(audit.getMap("")).containsOnlyKeys("user_id", "recent_events", "notification_history");
        assertThat(audit.getString("user_id")).isEqualTo(user);
        assertThat(audit.getList("recent_events.event_id")).startsWith("again-" + order, "first-" + order);
        assertThat(audit.getMap("recent_events[1]"))
                .containsOnlyKeys("event_id", "event_type", "event_timestamp", "properties")
                .containsEntry("event_type", "ordering.order-status-changed")
                .containsEntry("event_timestamp", "2025-10-31T19:22:11Z");
        assertThat(audit.getString("recent_events[0].event_timestamp")).isEqualTo("2025-10-31T20:15:00Z");
        assertThat(audit.getString("recent_events[1].properties.orderId")).isEqualTo(order);
        assertThat(audit.getMap("notification_history[0]"))
                .containsOnlyKeys("notification_type", "trigger_event", "status", "created_at", "suppression_reason")
                .containsEntry("notification_type", "ORDER_SHIPPED")
                .containsEntry("trigger_event", "ordering.order-status-changed")
                .containsEntry("suppression_reason", "skipped ORDER_SHIPPED: already told");
        assertThat(audit.getMap("notification_history[1]")).containsEntry("suppression_reason", null);
        assertThat(audit.getString("notification_history[1].created_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void the_audit_shows_both_doors_and_knows_when_to_stop() {
        // Given
        var customer = "cust-" + ids.next();
        registered(customer);
        for (int n = 0; n < 3; n++) {
            given().contentType(ContentType.JSON)
                    .body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"o%d\"}}"
                            .formatted(customer, n))
                    .post("/api/v1/notifications")
                    .then()
                    .statusCode(202);
        }

        // Then
        given().queryParam("limit", 2)
                .get("/audit/" + customer)
                .then()
                .body("notification_history.size()", equalTo(2))
                .body("notification_history[0].trigger_event", nullValue())
                .body("notification_history[0].notification_type", equalTo("ORDER_SHIPPED"));
        given().get("/audit/nobody-" + customer)
                .then()
                .statusCode(200)
                .body("user_id", equalTo("nobody-" + customer))
                .body("recent_events", empty())
                .body("notification_history", empty());
    }

    private List<String> walk(Map<String, String> filter) {
        var walked = new ArrayList<String>();
        for (String after = ""; after != null; ) {
            var page = given().queryParams(filter)
                    .queryParams(after.isEmpty() ? Map.of() : Map.of("after", after))
                    .queryParam("limit", 2)
                    .get("/api/v1/events")
                    .then()
                    .log()
                    .ifValidationFails()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            walked.addAll(page.getList("events.id", String.class));
            after = page.getString("next");
        }
        return walked;
    }

    private JsonPath answered(String id) {
        await().atMost(DEADLINE)
                .untilAsserted(() -> given().get("/api/v1/events/" + id)
                        .then()
                        .statusCode(200)
                        .body("answered", equalTo(true)));
        return given().get("/api/v1/events/" + id).then().extract().jsonPath();
    }

    private static PostedEvent shipped(String id, String user, String order) {
        return orderShipped(order, user).id(id).at("2025-10-31T19:22:11Z").traits("{\"vip\": true}");
    }

    private static void registered(String customer) {
        event(customer, "customer.customer-updated")
                .at("2025-10-31T18:00:00Z")
                .data("""
                {"customerId": "%s", "name": "A", "email": "a@example.com", "segment": "gold"}""".formatted(customer))
                .publish();
    }
}
