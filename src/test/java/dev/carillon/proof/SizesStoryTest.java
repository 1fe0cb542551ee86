package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel cannot carry is cut or refused when it is decided, through either door; it is never accepted and found dead. */
@QuarkusTest
class SizesStoryTest {

    private static final String LONG = "word ".repeat(400).strip();

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    private String customer;
    private String type;

    @BeforeEach
    void somebodyWhoIsToldOfATypeOfTheirOwn() {
        customer = "sizes-" + ids.next();
        type = "T" + ids.next();
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "name",
                        "Alice",
                        "email",
                        customer.toLowerCase() + "@example.com",
                        "phone",
                        "+12125550123",
                        "attributes",
                        Map.of("android", "d".repeat(163))))
                .put("/api/v1/customers/" + customer)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
    }

    @AfterEach
    void takeItAway() {
        given().delete("/api/v1/rules/" + type.toLowerCase());
        given().delete("/api/v1/templates/" + type);
    }

    @Test
    void cut_at_both_doors_and_counted() {
        // Given
        aType("[sms, android]", "cut");

        // When
        ask(Map.of("message", LONG)).statusCode(202);
        hear(LONG);

        // Then
        assertThat(told(2)).extracting(NotificationView::status).containsOnly(Status.SENT);
        assertThat(told(2)).allSatisfy(one -> {
            assertThat(delivery(one, "sms").body())
                    .hasSizeLessThanOrEqualTo(1_600)
                    .hasSizeGreaterThan(1_590)
                    .endsWith("wo...");
            assertThat(delivery(one, "sms").attempts())
                    .extracting(NotificationView.AttemptView::segments)
                    .containsExactly(11);
            assertThat(delivery(one, "android").body()).isEqualToIgnoringWhitespace(LONG);
            assertThat(delivery(one, "android").attempts())
                    .extracting(NotificationView.AttemptView::segments)
                    .containsOnlyNulls();
        });
    }

    @Test
    void refused_at_door_two_with_channel_and_limit_and_nothing_is_kept() {
        // Given
        aType("[email, sms]", "{ sms: refuse }");
        var key = "order/" + ids.next();

        // Then
        ask(Map.of("message", LONG), key)
                .statusCode(422)
                .body("errors.pointer", contains("/context"))
                .body(
                        "errors.detail",
                        contains(allOf(
                                containsString("sms"), containsString("1600 characters"), containsString("1999"))));
        given().queryParam("customerId", customer)
                .get("/api/v1/notifications")
                .then()
                .statusCode(200)
                .body("notifications", empty());
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "notifications",
                        List.of(request(Map.of("message", LONG)), request(Map.of("message", "short")))))
                .post("/api/v1/notifications/batch")
                .then()
                .statusCode(202)
                .body("results.status", contains("rejected", "accepted"))
                .body("results[0].problem.errors[0].detail", containsString("1600 characters"));
        ask(Map.of("message", "short"), key).statusCode(202).body("status", equalTo("accepted"));
    }

    @Test
    void skipped_at_door_one_with_the_reason_and_the_other_channel_goes() {
        // Given
        aType("[email, sms]", "{ sms: refuse }");

        // When
        hear(LONG);

        // Then
        var notification = told(1).get(0);
        assertThat(notification.status()).isEqualTo(Status.SENT);
        assertThat(delivery(notification, "email").status()).isEqualTo(Status.SENT);
        assertThat(delivery(notification, "sms").reason()).isEqualTo("VARIABLE_MISSING");
        assertThat(delivery(notification, "sms").detail())
                .isEqualTo("sms carries at most 1600 characters, and this has 1999");
    }

    @Test
    void where_it_was_the_only_channel_that_is_the_decision() {
        // Given
        aType("[sms]", "refuse");

        // When
        hear(LONG);

        // Then
        assertThat(told(1).get(0)).satisfies(one -> {
            assertThat(one.status()).isEqualTo(Status.SUPPRESSED);
            assertThat(one.reason()).isEqualTo(Reason.VARIABLE_MISSING);
            assertThat(one.detail()).isEqualTo("sms carries at most 1600 characters, and this has 1999");
        });
    }

    @Test
    void a_preview_counts_and_says_what_would_be_cut_or_refused() {
        // Given
        aType("[sms, email]", "{ email: refuse }");

        // Then
        preview("sms", "short")
                .statusCode(200)
                .body("cut", equalTo(false))
                .body("sms.encoding", equalTo("GSM-7"))
                .body("sms.characters", equalTo(5))
                .body("sms.segments", equalTo(1));
        preview("sms", "ж".repeat(71))
                .statusCode(200)
                .body("sms.encoding", equalTo("UCS-2"))
                .body("sms.segments", equalTo(2));
        preview("sms", LONG)
                .statusCode(200)
                .body("cut", equalTo(true))
                .body("text", endsWith("wo..."))
                .body("sms.segments", equalTo(11));
        preview("email", "short").statusCode(200).body("sms", nullValue());
        preview("email", LONG)
                .statusCode(422)
                .body("errors.pointer", contains("/context"))
                .body("errors.detail[0]", containsString("email carries at most 989 bytes of subject"));
    }

    private void aType(String channels, String tooLong) {
        var files = new TreeMap<>(Map.of("type.yaml", """
                description: A type for a test
                category: order_updates
                channels: %s
                too-long: %s
                variables:
                  message: { type: string, required: true, example: hello, description: Any words }
                """.formatted(channels, tooLong)));
        for (var channel : channels.replaceAll("[\\[\\] ]", "").split(",")) {
            files.put(channel + ".txt", "{message}");
            if (channel.equals("email")) {
                files.put("email.subject.txt", tooLong.contains("email") ? "{message}" : "Hello");
            }
        }
        given().contentType(ContentType.JSON)
                .body(Map.of("files", files))
                .put("/api/v1/templates/" + type + "/draft")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
        given().post("/api/v1/templates/" + type + "/publish")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
        if (channels.contains("android")) {
            given().contentType(ContentType.JSON)
                    .body("{\"channels\": {\"android\": true, \"sms\": true}}")
                    .put("/api/v1/preferences/" + customer)
                    .then()
                    .log()
                    .ifValidationFails()
                    .statusCode(201);
        }
    }

    private void hear(String message) {
        given().config(RestAssured.config()
                        .encoderConfig(encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body("""
                id: %s
                on: a.%s
                notify: { type: %s, context: { message: event.data.message } }
                """.formatted(type.toLowerCase(), type.toLowerCase(), type))
                .put("/api/v1/rules/" + type.toLowerCase())
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "user_id",
                        customer,
                        "event_type",
                        "a." + type.toLowerCase(),
                        "event_timestamp",
                        "2025-10-31T19:00:00Z",
                        "properties",
                        Map.of("message", message)))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
    }

    private ValidatableResponse ask(Map<String, Object> context) {
        return given().contentType(ContentType.JSON)
                .body(request(context))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails();
    }

    private ValidatableResponse ask(Map<String, Object> context, String businessKey) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("type", type, "customerId", customer, "context", context, "businessKey", businessKey))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails();
    }

    private Map<String, Object> request(Map<String, Object> context) {
        return Map.of("type", type, "customerId", customer, "context", context);
    }

    private ValidatableResponse preview(String channel, String message) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("channel", channel, "context", Map.of("message", message)))
                .post("/api/v1/templates/" + type + "/preview")
                .then()
                .log()
                .ifValidationFails();
    }

    /** Newest first, once none of them moves any more. */
    private List<NotificationView> told(int many) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> all().size() == many
                        && all().stream()
                                .allMatch(one -> one.status() == Status.SENT || one.status() == Status.SUPPRESSED));
        return all();
    }

    private List<NotificationView> all() {
        return tracking.newest("default", customer, 10).await().atMost(Duration.ofSeconds(30)).stream()
                .map(one -> tracking.find("default", one.trackingId())
                        .await()
                        .atMost(Duration.ofSeconds(30))
                        .orElseThrow())
                .toList();
    }

    private static NotificationView.DeliveryView delivery(NotificationView notification, String channel) {
        return notification.deliveries().stream()
                .filter(one -> one.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }
}
