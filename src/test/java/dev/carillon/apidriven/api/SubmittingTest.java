package dev.carillon.apidriven.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Door 2: later, waiting, many at once, again, and never mind. */
@QuarkusTest
class SubmittingTest {

    private static final String PATH = "/api/v1/notifications";
    private static final Instant TOMORROW = Clock.systemUTC().instant().plus(Duration.ofDays(1));

    @Inject
    Ids ids;

    @Test
    void goes_only_on_the_channels_that_were_asked_for() {
        // When
        var id = accepted(shipped(", \"channels\": [\"email\"], \"priority\": \"high\", \"correlationId\": \"req-1\""));

        // Then
        given().get(PATH + "/" + id)
                .then()
                .body("deliveries.channel", equalTo(List.of("email")))
                .body("correlationId", equalTo("req-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"channels\": [\"pigeon\"] | /channels/0",
                "\"channels\": [] | /channels",
                "\"priority\": \"urgent\" | /priority",
                "\"sendAt\": \"tomorrow\" | /sendAt",
                "\"expiresAt\": \"2026-13-01\" | /expiresAt",
                "\"sendAt\": \"2030-01-02T00:00:00Z\", \"expiresAt\": \"2030-01-01T00:00:00Z\" | /expiresAt",
                "\"correlationId\": \"a\\nb\" | /correlationId",
                "\"sendAt\": \"0000-01-01T00:00:00Z\" | /sendAt",
                "\"expiresAt\": \"+10000-01-01T00:00:00Z\" | /expiresAt",
                "\"locale\": \"German please\" | /locale",
                "\"urgent\": true | /urgent"
            })
    void what_makes_no_sense_is_refused_by_name(String more, String pointer) {
        json(shipped(", " + more))
                .post(PATH)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\\u00a0"})
    void a_blank_says_nothing(String blank) {
        json(shipped(", \"locale\": \"%1$s\", \"sendAt\": \"%1$s\", \"expiresAt\": \"%1$s\", \"priority\": \"%1$s\""
                        .formatted(blank)))
                .post(PATH)
                .then()
                .statusCode(202);
    }

    @Test
    void what_is_for_later_waits_and_says_until_when() {
        // When
        var answer = json(shipped(", \"sendAt\": \"" + TOMORROW + "\""))
                .post(PATH)
                .then()
                .statusCode(202)
                .body("status", equalTo("accepted"))
                .body("notBefore", notNullValue());

        // Then
        String id = answer.extract().path("trackingId");
        given().get(PATH + "/" + id)
                .then()
                .body("status", equalTo("deferred"))
                .body("reason", nullValue())
                .body("deliveries[0].notBefore", notNullValue())
                .body("deliveries[0].attempts", empty());
    }

    @Test
    void what_was_for_earlier_goes_at_once() {
        assertThat(awaitEnd(accepted(shipped(", \"sendAt\": \"2020-01-01T00:00:00Z\""))))
                .isEqualTo("sent");
    }

    @Test
    void what_has_expired_is_not_sent() {
        json(shipped(", \"expiresAt\": \"2020-01-01T00:00:00Z\""))
                .post(PATH)
                .then()
                .statusCode(202)
                .body("status", equalTo("suppressed"))
                .body("reason", equalTo("EXPIRED"));
    }

    @Test
    void who_prefers_to_wait_is_told_the_outcome() {
        json(shipped(""))
                .header("Prefer", "respond-async, wait=20")
                .post(PATH)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .header("Location", containsString(PATH + "/"))
                .body("status", equalTo("sent"))
                .body("deliveries.status", not(hasItem("queued")));
    }

    @Test
    void who_waits_for_what_is_for_later_is_answered_at_once() {
        json(shipped(", \"sendAt\": \"" + TOMORROW + "\""))
                .header("Prefer", "wait=20")
                .post(PATH)
                .then()
                .statusCode(202)
                .body("status", equalTo("accepted"));
    }

    @Test
    void of_many_each_is_answered_by_itself() {
        // Given
        var good = shipped("");
        var items = List.of(
                good,
                shipped("nobody-knows-them", ""),
                "17",
                "{\"type\": \"ORDER_SHIPPED\"}",
                "{\"type\": \"NO_SUCH\", \"customerId\": \"cust-001\"}",
                "{\"type\": \"ORDER_SHIPPED\", \"customerId\": 5, \"context\": {}}",
                "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"surprise\": 1}",
                "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {}}",
                good);

        // When
        var answer = json("{\"notifications\": [" + String.join(",", items) + "]}")
                .post(PATH + "/batch")
                .then()
                .statusCode(202);

        // Then
        answer.body("accepted", equalTo(2))
                .body("suppressed", equalTo(0))
                .body("rejected", equalTo(7))
                .body("results.index", equalTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8)))
                .body("results[1].problem.status", equalTo(404))
                .body("results[1].problem.errors[0].pointer", equalTo("/customerId"))
                .body("results[2].problem.errors[0].detail", equalTo("must be an object"))
                .body("results[3].problem.errors[0].pointer", equalTo("/customerId"))
                .body("results[4].problem.type", endsWith("unknown-type"))
                .body("results[5].problem.errors[0].pointer", equalTo("/customerId"))
                .body("results[6].problem.errors[0].pointer", equalTo("/surprise"))
                .body("results[7].problem.errors[0].pointer", equalTo("/context/orderId"))
                .body("results[8].status", equalTo("accepted"));
        String id = answer.extract().path("results[8].trackingId");
        assertThat(awaitEnd(id)).isEqualTo("sent");
    }

    @Test
    void none_is_a_batch_and_a_thousand_and_one_are_not() {
        json("{\"notifications\": []}")
                .post(PATH + "/batch")
                .then()
                .statusCode(202)
                .body("results", empty());
        json("{\"notifications\": [" + String.join(",", Collections.nCopies(1001, "{}")) + "]}")
                .post(PATH + "/batch")
                .then()
                .statusCode(413);
        json("{}").post(PATH + "/batch").then().statusCode(422).body("errors[0].pointer", equalTo("/notifications"));
        json("{\"notifications\": 3}")
                .post(PATH + "/batch")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/notifications"));
    }

    @Test
    void the_same_key_and_content_get_the_first_answer_again() {
        // Given
        var key = ids.next();
        var body = shipped("");
        String first = json(body)
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .path("trackingId");

        // Then
        json(body.replace(":", " : "))
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .header("Location", endsWith(first))
                .body("trackingId", equalTo(first));
        json(shipped(""))
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(422)
                .body("type", endsWith("idempotency-key-reused"));
        json(body).header("Idempotency-Key", "k".repeat(256)).post(PATH).then().statusCode(400);
    }

    @Test
    void a_batch_with_a_key_is_submitted_once() {
        // Given
        var key = ids.next();
        var body = "{\"notifications\": [" + shipped("") + "," + shipped("") + "]}";

        // When
        List<String> first = json(body)
                .header("Idempotency-Key", key)
                .post(PATH + "/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("results.trackingId");

        // Then
        json(body)
                .header("Idempotency-Key", key)
                .post(PATH + "/batch")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("results.trackingId", equalTo(first));
        assertThat(new HashSet<>(first)).hasSize(2);
    }

    @Test
    void sixty_four_at_once_with_one_key_are_one_notification() {
        // Given
        var key = ids.next();
        var customer = customer();
        var body = "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"o\"}}"
                .formatted(customer);

        // When
        var answers = atOnce(
                64, () -> json(body).header("Idempotency-Key", key).post(PATH).then());

        // Then
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.extract().statusCode()).isIn(202, 409));
        var told = answers.stream()
                .filter(answer -> answer.extract().statusCode() == 202)
                .map(answer -> answer.extract().<String>path("trackingId"))
                .distinct()
                .toList();
        assertThat(told).hasSize(1);
        given().queryParam("customerId", customer).get(PATH).then().body("notifications.trackingId", equalTo(told));
    }

    @Test
    void what_waits_is_cancelled_and_its_fact_may_be_told_again() {
        // Given
        var fact = "order/" + ids.next() + "/shipped";
        var keyed = ", \"businessKey\": \"" + fact + "\"";
        var id = accepted(shipped(keyed + ", \"sendAt\": \"" + TOMORROW + "\""));

        // When
        given().delete(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("result", equalTo("cancelled"))
                .body("status", equalTo("cancelled"));

        // Then
        given().delete(PATH + "/" + id).then().statusCode(200).body("result", equalTo("cancelled"));
        given().get(PATH + "/" + id).then().body("status", equalTo("cancelled")).body("reason", equalTo("CANCELLED"));
        assertThat(awaitEnd(accepted(shipped(keyed)))).isEqualTo("sent");
    }

    @Test
    void what_is_sent_cannot_be_cancelled() {
        // Given
        var id = accepted(shipped(""));
        assertThat(awaitEnd(id)).isEqualTo("sent");

        // Then
        given().delete(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("result", equalTo("too-late"))
                .body("status", equalTo("sent"));
        given().delete(PATH + "/" + ids.next()).then().statusCode(404);
        given().delete(PATH + "/nonsense").then().statusCode(404);
    }

    @Test
    void whoever_cancels_while_it_is_sent_is_told_the_truth() {
        // Given
        var customer = customer();
        var batch = "{\"notifications\": ["
                + String.join(
                        ",",
                        IntStream.range(0, 100)
                                .mapToObj(n -> shipped(customer, ", \"channels\": [\"email\"]"))
                                .toList())
                + "]}";
        List<String> submitted = json(batch)
                .post(PATH + "/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("results.trackingId");

        // When
        var results = new HashMap<String, String>();
        submitted.forEach(id -> results.put(
                id,
                given().delete(PATH + "/" + id).then().statusCode(200).extract().path("result")));

        // Then
        results.replaceAll((id, result) -> result.equals("cancelled") ? "cancelled" : "sent");
        await().atMost(Duration.ofSeconds(30)).until(() -> statuses(customer), results::equals);
    }

    @Test
    void a_list_is_read_page_by_page() {
        // Given
        var customer = customer();
        var all = IntStream.range(0, 5)
                .mapToObj(n -> accepted(shipped(customer, ", \"correlationId\": \"c-" + n % 2 + "\"")))
                .toList();
        all.forEach(this::awaitEnd);
        var newestFirst = new ArrayList<>(all);
        Collections.reverse(newestFirst);

        // When
        var page = list(customer)
                .queryParam("limit", 2)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("notifications.trackingId", equalTo(newestFirst.subList(0, 2)));
        var second = list(customer)
                .queryParam("limit", 2)
                .queryParam("after", page.extract().<String>path("next"))
                .get(PATH)
                .then()
                .body("notifications.trackingId", equalTo(newestFirst.subList(2, 4)));

        // Then
        list(customer)
                .queryParam("limit", 2)
                .queryParam("after", second.extract().<String>path("next"))
                .get(PATH)
                .then()
                .body("notifications.trackingId", equalTo(newestFirst.subList(4, 5)))
                .body("next", nullValue());
        list(customer).queryParam("correlationId", "c-1").get(PATH).then().body("notifications", hasSize(2));
        list(customer)
                .queryParam("status", "sent")
                .get(PATH)
                .then()
                .body("notifications", hasSize(5))
                .body("next", nullValue());
        list(customer).queryParam("status", "suppressed").get(PATH).then().body("notifications", empty());
        list(customer).queryParam("channel", "sms").get(PATH).then().body("notifications", hasSize(5));
        list(customer).queryParam("type", "OTHER").get(PATH).then().body("notifications", empty());
        list(customer).queryParam("to", "2020-01-01T00:00:00Z").get(PATH).then().body("notifications", empty());
        list(customer)
                .queryParam("from", "2020-01-01T00:00:00Z")
                .get(PATH)
                .then()
                .body("notifications", hasSize(5));
    }

    @ParameterizedTest
    @CsvSource({"status, lost", "after, x", "limit, 0", "limit, many", "from, yesterday"})
    void a_parameter_that_makes_no_sense_is_refused_by_name(String name, String value) {
        given().queryParam(name, value).get(PATH).then().statusCode(422).body("errors[0].pointer", equalTo("/" + name));
    }

    /** Of all that the customer was sent, by its id. */
    private static Map<String, String> statuses(String customer) {
        var statuses = new HashMap<String, String>();
        String after = "";
        while (after != null) {
            var request = list(customer).queryParam("limit", 200);
            var page = (after.isEmpty() ? request : request.queryParam("after", after))
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<Map<String, Object>>getList("notifications")
                    .forEach(one -> statuses.put((String) one.get("trackingId"), (String) one.get("status")));
            after = page.getString("next");
        }
        return statuses;
    }

    private static RequestSpecification list(String customer) {
        return given().queryParam("customerId", customer);
    }

    private String customer() {
        var id = ids.next();
        json("{\"name\": \"N\", \"email\": \"n@example.com\", \"phone\": \"+12025550100\"}")
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(201);
        return id;
    }

    private String shipped(String more) {
        return shipped("cust-001", more);
    }

    private String shipped(String customer, String more) {
        return "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"%s\"}%s}"
                .formatted(customer, ids.next(), more);
    }

    private static String accepted(String body) {
        return json(body)
                .post(PATH)
                .then()
                .statusCode(202)
                .body("status", equalTo("accepted"))
                .extract()
                .path("trackingId");
    }

    private String awaitEnd(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given().get(PATH + "/" + id).then().extract().<String>path("status"),
                        List.of("sent", "cancelled", "dead-lettered")::contains);
    }

    private static List<ValidatableResponse> atOnce(int times, Supplier<ValidatableResponse> request) {
        var pool = Executors.newFixedThreadPool(times);
        try {
            return IntStream.range(0, times)
                    .mapToObj(n -> CompletableFuture.supplyAsync(request, pool))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            pool.shutdown();
        }
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
