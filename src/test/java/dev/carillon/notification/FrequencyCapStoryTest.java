package dev.carillon.notification;

import static dev.carillon.testing.PostedEvent.event;
import static dev.carillon.testing.PostedEvent.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who takes two messages a day, whichever door they come through, and somebody who takes none. */
@QuarkusTest
class FrequencyCapStoryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TWO_A_DAY = "\"frequencyCap\": {\"max\": 2, \"per\": \"P1D\"}";

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    private String customer;

    @BeforeEach
    void somebodyWithAnAddress() {
        customer = ids.next();
        json("{\"name\": \"Nina\", \"email\": \"nina@example.com\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
    }

    @Test
    void two_go_and_the_third_does_not_whichever_door_it_comes_through() {
        // Given
        prefers(TWO_A_DAY).body("frequencyCap.window", equalTo("sliding")).body("optedOut", equalTo(false));
        ask("o1").body("reason", nullValue());
        assertThat(hear("o2").reason()).isNull();

        // When
        var third =
                ask("o3").body("reason", equalTo("FREQUENCY_CAPPED")).extract().<String>path("trackingId");
        var fourth = hear("o4");

        // Then
        given().get("/api/v1/notifications/" + third)
                .then()
                .body("status", equalTo("suppressed"))
                .body("detail", equalTo("2 already sent within PT24H"))
                .body("deliveries.reason", containsInAnyOrder("FREQUENCY_CAPPED", "NO_ADDRESS"));
        assertThat(fourth.reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(fourth.eventId()).isEqualTo(order("o4"));
        given().queryParam("eventId", order("o4"))
                .queryParam("customerId", customer)
                .get("/api/v1/explanations")
                .then()
                .statusCode(200)
                .body("rules.find { it.ruleId == 'order-shipped' }.verdict", equalTo("not-told"))
                .body("rules.find { it.ruleId == 'order-shipped' }.reason", equalTo("FREQUENCY_CAPPED"))
                .body("rules.find { it.ruleId == 'order-shipped' }.gates[-1].name", equalTo("frequency cap"));
    }

    @Test
    void what_was_capped_has_given_its_business_key_back() {
        // Given
        prefers("\"frequencyCap\": {\"max\": 1, \"per\": \"calendar-day\"}");
        ask("o1");
        ask("o2").body("reason", equalTo("FREQUENCY_CAPPED"));

        // When
        prefers("\"optedOut\": false");

        // Then
        ask("o2").body("reason", nullValue());
        ask("o2").body("reason", equalTo("DUPLICATE_BUSINESS_KEY"));
    }

    @Test
    void of_one_call_no_more_go_than_the_cap_allows() {
        // Given
        prefers(TWO_A_DAY);
        var batch = String.join(",", List.of(request("o1"), request("o2"), request("o3"), request("o4")));

        // Then
        json("{\"notifications\": [" + batch + "]}")
                .post("/api/v1/notifications/batch")
                .then()
                .statusCode(202)
                .body(
                        "results.collect { it.reason }",
                        containsInAnyOrder(null, null, "FREQUENCY_CAPPED", "FREQUENCY_CAPPED"));
    }

    @Test
    void events_that_carry_preferences_opt_out_and_cap_and_what_is_none_is_refused_by_name() {
        // Given
        publish(
                        "customer.preferences-changed",
                        "{\"customerId\": \"%s\", \"preferences\": {}, \"optedOut\": true, \"frequencyCap\": {\"max\": 2, \"per\": \"PT1H\", \"window\": \"fixed\"}}")
                .body("accepted", equalTo(1));

        // Then
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("optedOut", equalTo(true))
                .body("frequencyCap.max", equalTo(2))
                .body("frequencyCap.per", equalTo("PT1H"))
                .body("frequencyCap.window", equalTo("fixed"));
        ask("o1").body("reason", equalTo("UNSUBSCRIBED"));
        assertThat(hear("o2").detail())
                .isEqualTo(
                        "email off by customer's opt-out of everything, sms off by customer's opt-out of everything");
        for (var none : List.of(
                "{\"max\": 0, \"per\": \"P1D\"}|/data/frequencyCap/max",
                "{\"max\": 1, \"per\": \"P\"}|/data/frequencyCap/per",
                "{\"max\": 1, \"per\": \"PT0S\"}|/data/frequencyCap/per",
                "{\"max\": 1, \"per\": \"P999D\"}|/data/frequencyCap/per",
                "{\"max\": 1, \"per\": \"P1D\", \"window\": \"none\"}|/data/frequencyCap/window")) {
            var parts = none.split("\\|");
            publish(
                            "customer.preferences-changed",
                            "{\"customerId\": \"%s\", \"preferences\": {}, \"frequencyCap\": " + parts[0] + "}")
                    .body("rejected[0].problem.errors[0].pointer", equalTo(parts[1].replace("/data", "/properties")));
        }
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("optedOut", equalTo(true))
                .body("frequencyCap.max", equalTo(2));
    }

    private ValidatableResponse prefers(String preferences) {
        return json("{" + preferences + "}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private ValidatableResponse ask(String order) {
        return json(request(order))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
    }

    private String request(String order) {
        return "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"%s\"}, \"businessKey\": \"order/%s/shipped\"}"
                .formatted(customer, order(order), order(order));
    }

    /** What became of the order's event. */
    private NotificationView hear(String order) {
        publish(
                "ordering.order-status-changed",
                "{\"customerId\": \"%s\", \"orderId\": \"" + order(order) + "\", \"newStatus\": \"SHIPPED\"}",
                order(order));
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> tracking.newest("default", customer, 20).await().atMost(DEADLINE).stream()
                                .filter(told -> order(order).equals(told.eventId()))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    private String order(String name) {
        return name + "-" + customer;
    }

    private ValidatableResponse publish(String type, String data) {
        return publish(type, data, ids.next());
    }

    private ValidatableResponse publish(String type, String data, String id) {
        return post(event(customer, type)
                        .id(id)
                        .at(ids.now())
                        .data(data.formatted(customer))
                        .json())
                .statusCode(202);
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
