package dev.carillon.eventsourced.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The door for plain objects: seed 5's own calls, limits, types, and requests made again. */
@QuarkusTest
class IntakeTest {

    @TestHTTPResource("/api/v1/events")
    URI address;

    @Inject
    Ids ids;

    @Test
    void seed_5_s_single_events_are_accepted_as_they_are_printed() {
        post("""
                [{
                    "user_id": "u_12345",
                    "event_type": "signup_completed",
                    "event_timestamp": "2025-10-31T19:00:00Z",
                    "properties": {"signup_method": "email"},
                    "user_traits": {"email": "maria@example.com", "marketing_opt_in": true}
                  }]""").statusCode(202).body("accepted", equalTo(1)).body("rejected", empty());
        post("""
                [{
                    "user_id": "u_12345",
                    "event_type": "link_bank_success",
                    "event_timestamp": "2025-10-31T19:10:45Z",
                    "properties": {"bank_name": "Santander"},
                    "user_traits": {"email": "maria@example.com"}
                  }]""").statusCode(202).body("accepted", equalTo(1));
        for (var attempt : List.of("1", "3")) {
            post("""
                    [{
                        "user_id": "u_12345",
                        "event_type": "payment_failed",
                        "event_timestamp": "2025-10-31T19:30:00Z",
                        "properties": {"amount": 1425.00, "attempt_number": %s, "failure_reason": "INSUFFICIENT_FUNDS"},
                        "user_traits": {"email": "maria@example.com"}
                      }]""".formatted(attempt)).statusCode(202).body("accepted", equalTo(1));
        }
    }

    @Test
    void seed_5_s_batches_are_accepted_as_they_are_printed() {
        post("""
                [
                    {"user_id": "u_12345", "event_type": "signup_completed", "event_timestamp": "2025-10-31T19:00:00Z", "properties": {}, "user_traits": {"marketing_opt_in": true}},
                    {"user_id": "u_12345", "event_type": "link_bank_success", "event_timestamp": "2025-10-31T19:10:45Z", "properties": {"bank_name": "Santander"}, "user_traits": {}}
                  ]""").statusCode(202).body("accepted", equalTo(2)).body("duplicates", equalTo(0));
        post("""
                [
                    {"user_id": "u_12345", "event_type": "signup_completed", "event_timestamp": "2025-10-31T19:00:00Z", "properties": {}, "user_traits": {}},
                    {"user_id": "u_12345"},
                    {"event_type": "orphan_event"},
                    {"user_id": "u_12345", "event_type": "payment_failed", "event_timestamp": "2025-10-31T19:30:00Z", "properties": {"failure_reason": "INSUFFICIENT_FUNDS"}, "user_traits": {}}
                  ]""")
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("rejected.index", contains(1, 2))
                .body("rejected[1].problem.errors.pointer", contains("/user_id", "/event_timestamp"));
        post("[]").statusCode(202).body("accepted", equalTo(0));
    }

    @Test
    void a_new_field_breaks_nobody_and_is_kept() {
        // Given
        var id = ids.next();

        // When
        post("""
                {"event_id": "%s", "user_id": "cust-001", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"orderId": "o", "customerId": "cust-001", "newStatus": "PACKED", "estimated_delivery_date": "2025-11-05"}}""".formatted(id)).statusCode(202).body("accepted", equalTo(1));

        // Then
        given().get("/api/v1/events/" + id)
                .then()
                .statusCode(200)
                .body("data.estimated_delivery_date", equalTo("2025-11-05"));
    }

    @Test
    void a_nul_is_refused_and_spoils_no_neighbour() {
        post("[" + event("a", "\"ok\"") + "," + event("b", "\"a\\u0000b\"") + "]")
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(1))
                .body("rejected[0].problem.errors.pointer", contains("/properties/text"));
    }

    @Test
    void a_request_has_limits_that_are_named() throws Exception {
        var deep = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json") // RestAssured would write it down with an indent a level
                .POST(HttpRequest.BodyPublishers.ofString("[" + "[".repeat(500_000) + "]".repeat(500_000) + "]"))
                .build();
        assertThat(HttpClient.newHttpClient().send(deep, HttpResponse.BodyHandlers.ofString()))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.body()).contains("malformed-json", "64 levels");
                });
        post("[" + "[],".repeat(250_000) + "1]")
                .statusCode(413)
                .body("type", containsString("/too-large"))
                .body("limit", equalTo(500_000))
                .body("detail", containsString("500000 parts"));
        post(IntStream.range(0, 1001).mapToObj(n -> "{}").collect(Collectors.joining(",", "[", "]")))
                .statusCode(413)
                .body("limit", equalTo(1000));
        post("").statusCode(422).body("errors[0].detail", equalTo("is required"));
        post("7").statusCode(202).body("rejected[0].problem.errors[0].detail", equalTo("must be an object"));
    }

    @Test
    void a_thousand_events_are_one_request() {
        post(IntStream.range(0, 1000)
                        .mapToObj(n -> event("thousand", "\"" + n + "\""))
                        .collect(Collectors.joining(",", "[", "]")))
                .statusCode(202)
                .body("accepted", equalTo(1000))
                .body("rejected", empty());
    }

    @Test
    void what_types_look_like_can_be_asked() {
        given().get("/api/v1/event-types")
                .then()
                .statusCode(200)
                .body("type", hasItem("payment_failed"))
                .body("find { it.type == 'pricing.price-changed' }.address", equalTo("bss.pricing"))
                .body("find { it.type == 'pricing.price-changed' }.aboutCustomer", equalTo(false));
        given().get("/api/v1/event-types/pricing.price-changed")
                .then()
                .statusCode(200)
                .contentType("application/schema+json")
                .body("required", hasItem("newPrice"));
        given().accept(ContentType.JSON)
                .get("/api/v1/event-types/payment_failed")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON);
        given().get("/api/v1/event-types/nobody.knows").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void a_request_made_again_with_its_key_gets_the_first_answer_again() {
        // Given
        var key = ids.next();
        var user = "idem-" + key;
        var events = "[" + event(user, "\"x\"") + ", {\"user_id\": \"u\"}]";
        var first =
                keyed(key, events).statusCode(202).body("accepted", equalTo(1)).extract();

        // When
        var again = keyed(key, events.replace("{\"user_id\":", "{ \"user_id\" :"))
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .extract();

        // Then
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.body().asString()).isEqualTo(first.body().asString());
        assertThat(again.contentType()).isEqualTo(first.contentType());
        given().queryParam("subject", user).get("/api/v1/events").then().body("events", hasSize(1));
    }

    @Test
    void a_key_belongs_to_one_content() {
        // Given
        var key = ids.next();
        keyed(key, event("u", "\"x\"")).statusCode(202);

        // When
        var other = keyed(key, event("u", "\"y\""));

        // Then
        other.statusCode(422)
                .contentType("application/problem+json")
                .body("type", containsString("idempotency-key-reused"));
        keyed("clé", "[]").statusCode(400);
        keyed("x".repeat(256), "[]").statusCode(400);
        keyed("x".repeat(255), "[]").statusCode(202);
    }

    @Test
    void a_refusal_is_given_again_too() {
        // Given
        var key = ids.next();
        var invalid = "{\"specversion\": \"1.0\", \"id\": \"1\", \"type\": \"t\"}";

        // When
        given().header("Idempotency-Key", key)
                .contentType("application/cloudevents+json;charset=utf-8")
                .body(invalid)
                .post("/api/v1/events")
                .then()
                .statusCode(400);
        var again = given().header("Idempotency-Key", key)
                .contentType("application/cloudevents+json;charset=utf-8")
                .body(invalid)
                .post("/api/v1/events")
                .then();

        // Then
        again.statusCode(400)
                .header("Idempotency-Replayed", "true")
                .contentType("application/problem+json")
                .body("errors.pointer", contains("/source"));
    }

    @Test
    void many_at_once_with_one_key_are_taken_once() throws Exception {
        // Given
        var key = ids.next();
        var user = "race-" + key;
        var calls = Collections.<Callable<Integer>>nCopies(
                16,
                () -> given().header("Idempotency-Key", key)
                        .contentType(ContentType.JSON)
                        .body(event(user, "\"x\""))
                        .post("/api/v1/events")
                        .then()
                        .extract()
                        .statusCode());
        var callers = Executors.newFixedThreadPool(8);

        // When
        var statuses = new ArrayList<Integer>();
        for (var answer : callers.invokeAll(calls)) {
            statuses.add(answer.get());
        }
        callers.shutdown();

        // Then
        assertThat(statuses)
                .contains(202)
                .allSatisfy(status -> assertThat(status).isIn(202, 409));
        given().queryParam("subject", user).get("/api/v1/events").then().body("events", hasSize(1));
    }

    private static String event(String user, String text) {
        return "{\"user_id\": \"%s\", \"event_type\": \"test.intake\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": {\"text\": %s}}"
                .formatted(user, text);
    }

    private static ValidatableResponse keyed(String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails();
    }

    @Test
    void an_event_that_is_too_large_is_rejected_by_itself_and_names_the_limit() {
        post("[" + of("properties", 1_000) + "," + of("properties", 270_000) + "," + of("properties", 300_000) + ","
                        + of("properties", 250_000) + "]")
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("rejected.index", contains(1, 2))
                .body("rejected.problem.status", contains(413, 413))
                .body("rejected.problem.limit", contains(262_144, 262_144))
                .body("rejected[0].problem.type", containsString("too-large"))
                .body("rejected[0].problem.detail", containsString("262144 bytes"));
        post(of("properties", 270_000))
                .statusCode(202)
                .body("accepted", equalTo(0))
                .body("rejected.problem.status", contains(413));
        post(of("properties", 100_000).replace("x", "\u00e9")).statusCode(202).body("accepted", equalTo(1));
        post(of("properties", 135_000).replace("x", "\u00e9")).statusCode(202).body("accepted", equalTo(0));
    }

    @Test
    void so_is_a_cloud_event_in_every_form() {
        var structured =
                "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/size\", \"type\": \"size.tried\", \"%s\": %s}";
        var object = "{\"filling\": \"" + "x".repeat(270_000) + "\"}";
        var text = "\"" + "x".repeat(270_000) + "\""; // also base64
        for (var large : List.of(
                structured.formatted(ids.next(), "data", object),
                structured.formatted(ids.next(), "data", text),
                structured.formatted(
                        ids.next(), "datacontenttype\": \"application/octet-stream\", \"data_base64", text))) {
            cloud("application/cloudevents+json", large)
                    .statusCode(413)
                    .body("limit", equalTo(262_144))
                    .body("type", containsString("too-large"));
        }
        cloud(
                        "application/cloudevents-batch+json",
                        "[" + structured.formatted(ids.next(), "data", object) + ","
                                + structured.formatted(ids.next(), "data", "{}") + "]")
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(0))
                .body("rejected[0].problem.status", equalTo(413));
        for (var bytes : List.of(270_000, 200_000)) { // which become a third more as base64
            given().header("ce-specversion", "1.0")
                    .header("ce-id", ids.next())
                    .header("ce-source", "/size")
                    .header("ce-type", "size.tried")
                    .contentType("application/octet-stream")
                    .body(new byte[bytes])
                    .post("/api/v1/events")
                    .then()
                    .statusCode(413)
                    .body("limit", equalTo(262_144));
        }
        given().header("ce-specversion", "1.0")
                .header("ce-id", ids.next())
                .header("ce-source", "/size")
                .header("ce-type", "size.tried")
                .contentType("application/octet-stream")
                .body(new byte[190_000])
                .post("/api/v1/events")
                .then()
                .statusCode(202);
    }

    private String of(String member, int bytes) {
        return "{\"user_id\": \"u\", \"event_id\": \"%s\", \"event_type\": \"size.tried\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"%s\": {\"filling\": \"%s\"}}"
                .formatted(ids.next(), member, "x".repeat(bytes));
    }

    private static ValidatableResponse cloud(String mediaType, String body) {
        return given().contentType(mediaType + ";charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails();
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails();
    }
}
