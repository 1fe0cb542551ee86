package dev.carillon.notification.callback;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.delivery.endpoint.StandardWebhook;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.tracking.Status;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.ApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ProvidersCall.class)
class WebhooksTest {

    private static final String TENANT = "default";
    private static final ApiDocument API = ApiDocument.ofWebhooks();
    private static final String BODY = "/webhooks/notificationStatus/post/requestBody/content/application~1json/schema";

    @Inject
    TestPipeline pipeline;

    @Inject
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    Outbox outbox;

    @Inject
    DeliveryBell bell;

    @Inject
    Transactions transactions;

    private String customer;
    private String path;
    private String id;
    private String secret;

    @BeforeEach
    void somebody() {
        customer = TestPipeline.unique("cust");
        pipeline.customer(TENANT, customer, customer + "@example.com", null);
        path = "/hooks/" + ids.next();
        answer(204);
    }

    @AfterEach
    void nobody() {
        if (id != null) {
            given().delete("/api/v1/webhooks/{id}", id);
        }
    }

    @Test
    void a_subscriber_hears_signed_what_became_of_a_notification() {
        // Given
        subscribe("{\"url\":\"" + url() + "\"}");

        // When
        var command = sent();

        // Then
        var first = heard(event ->
                "sent".equals(event.getString("status")) && command.trackingId().equals(event.getString("trackingId")));
        var event = new JsonObject(first.getBodyAsString());
        assertThat(event.getString("eventType")).isEqualTo("NotificationStatus");
        assertThat(API.findings(BODY, first.getBodyAsString())).isEmpty();
        assertThat(event.getString("channel")).isEqualTo("email");
        assertThat(event.getString("provider")).isEqualTo("mock");
        assertThat(event.getString("providerMessageId")).isNotBlank();
        assertThat(event.getInteger("attempt")).isEqualTo(1);
        assertThat(event.getInstant("timestamp")).isNotNull();
        assertThat(event.getString("notificationType")).isEqualTo("ORDER_SHIPPED");
        assertThat(signedBy(secret, first)).isTrue();
        complained(command);
        heard(then -> "complained".equals(then.getString("status"))
                && command.trackingId().equals(then.getString("trackingId")));
    }

    /** Checked over the bytes that arrived, with nothing of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"🎉", "e\u0301 \u2028 日本語", "half \ud83c"})
    void the_bytes_that_are_signed_are_the_bytes_that_are_sent(String type) throws Exception {
        // Given
        subscribe("{\"url\":\"" + url() + "\"}");
        var event = new JsonObject()
                .put("eventType", "NotificationStatus")
                .put("notificationType", type)
                .encode();

        // When
        transactions
                .inTransaction(tx -> outbox.enqueue(
                        tx,
                        List.of(NewDelivery.of(new Delivery(
                                ids.next(),
                                TENANT,
                                id,
                                "statuswebhook",
                                url(),
                                null,
                                event,
                                null,
                                1,
                                null,
                                null,
                                null)))))
                .invoke(() -> bell.ring(List.of("statuswebhook")))
                .await()
                .atMost(Duration.ofSeconds(30));

        // Then
        var request = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(this::requests, requests -> !requests.isEmpty())
                .get(0);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(request.getHeader("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.getBody())));
        assertThat(request.getHeader("Content-Length")).isEqualTo(String.valueOf(request.getBody().length));
    }

    @Test
    void what_a_subscriber_does_not_want_it_does_not_hear() {
        // Given
        subscribe("{\"url\":\"" + url() + "\",\"statuses\":[\"complained\"],\"types\":[\"ORDER_SHIPPED\"]}");

        // When
        complained(sent());

        // Then
        heard(event -> "complained".equals(event.getString("status")));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void while_secrets_change_both_sign_and_a_test_event_shows_it() {
        // Given
        subscribe("{\"url\":\"" + url() + "\"}");

        // When
        var rotated = given().post("/api/v1/webhooks/{id}/rotate", id)
                .then()
                .statusCode(200)
                .body("secret", startsWith("whsec_"))
                .extract()
                .<String>path("secret");
        var fired = given().post("/api/v1/webhooks/{id}/test", id)
                .then()
                .statusCode(202)
                .extract()
                .<String>path("eventId");

        // Then
        var test = heard(event -> "NotificationStatusTest".equals(event.getString("eventType")));
        assertThat(test.getHeader("webhook-id")).isEqualTo(fired);
        assertThat(API.findings(BODY, test.getBodyAsString())).isEmpty();
        assertThat(rotated).isNotEqualTo(secret);
        assertThat(signedBy(secret, test)).isTrue();
        assertThat(signedBy(rotated, test)).isTrue();
        given().get("/api/v1/webhooks")
                .then()
                .statusCode(200)
                .body("id", hasItem(id))
                .body(not(containsString("whsec_")));
    }

    @Test
    void what_was_not_taken_is_told_again_under_the_same_id() {
        // Given
        answer(500);
        subscribe("{\"url\":\"" + url() + "\"}");
        given().post("/api/v1/webhooks/{id}/test", id).then().statusCode(202);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> state("failingSince") != null);

        // When
        answer(200);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> state("failingSince") == null);
        assertThat(requests().stream()
                        .map(request -> request.getHeader("webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void attempts_say_when_how_long_what_was_answered_and_when_it_is_tried_again() {
        // Given
        subscribe("{\"url\":\"" + url() + "\"}");
        answer(503);
        String fired = given().post("/api/v1/webhooks/{id}/test", id)
                .then()
                .statusCode(202)
                .extract()
                .path("eventId");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> attempts().getList("events[0].attempts").size(), tried -> tried > 0);

        // Then
        var first = attempts();
        assertThat(first.getString("events[0].eventId")).isEqualTo(fired);
        assertThat(first.getString("events[0].eventType")).isEqualTo("NotificationStatusTest");
        assertThat(first.getString("events[0].attempts[0].answer")).isEqualTo("HTTP 503");
        assertThat(first.getString("events[0].attempts[0].outcome")).isEqualTo("retry");
        assertThat(first.getLong("events[0].attempts[0].milliseconds")).isNotNegative();
        assertThat(first.prettify()).doesNotContain("whsec_", url());
        answer(204);
        var taken = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(this::attempts, found -> "taken".equals(found.getString("events[0].status")));
        assertThat(taken.<String>getList("events[0].attempts.answer")).endsWith("HTTP 204");
        assertThat(taken.getString("events[0].nextTryAt")).isNull();
        assertThat(taken.getString("next")).isNull();
        given().get("/api/v1/webhooks/{id}/attempts", ids.next()).then().statusCode(404);
    }

    @Test
    void who_is_gone_is_told_nothing_more_until_enabled_again() {
        // Given
        answer(410);
        subscribe("{\"url\":\"" + url() + "\"}");

        // When
        given().post("/api/v1/webhooks/{id}/test", id).then().statusCode(202);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> state("disabledAt") != null);
        given().get("/api/v1/webhooks/{id}", id).then().body("disabledWhy", containsString("410"));
        given().post("/api/v1/webhooks/{id}/test", id).then().statusCode(404);
        given().post("/api/v1/webhooks/{id}/enable", id).then().statusCode(200).body("disabledAt", nullValue());
        assertThat(requests()).hasSize(1);
    }

    @Test
    void only_addresses_that_may_be_called_are_taken() {
        for (var unfit : List.of(
                "ftp://shop.example.com/",
                "https://user:pass@shop.example.com/",
                "https:///nowhere",
                "not a url",
                "https://shop.example.com:22/",
                "https://10.0.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://0.0.0.0/",
                "https://100.64.0.1/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://0x0a000001/",
                "https://shop.example.com/hooks#part",
                "https://hooks.shop.invalid/",
                "https://10.1/",
                "https://167772161/",
                "https://10.0.0.1./")) {
            given().contentType(ContentType.JSON)
                    .body("{\"url\":\"" + unfit + "\"}")
                    .post("/api/v1/webhooks")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/url"));
        }
        given().contentType(ContentType.JSON)
                .body("{\"url\":\"" + url() + "\",\"statuses\":[\"queued\"]}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/statuses"));
        given().get("/api/v1/webhooks/{id}", ids.next()).then().statusCode(404);
        given().delete("/api/v1/webhooks/{id}", "none").then().statusCode(404);
    }

    private void subscribe(String body) {
        var made = given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .body("secret", startsWith("whsec_"))
                .body("webhook.createdAt", notNullValue())
                .body("webhook.url", equalTo(url()))
                .extract()
                .jsonPath();
        id = made.getString("webhook.id");
        secret = made.getString("secret");
    }

    private Object state(String field) {
        return JsonPath.from(given().get("/api/v1/webhooks/{id}", id).asString())
                .get(field);
    }

    private String url() {
        return ProvidersCall.http().baseUrl().replace("localhost", "127.0.0.1") + path;
    }

    private void answer(int status) {
        ProvidersCall.http()
                .stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(status)));
    }

    private List<LoggedRequest> requests() {
        return ProvidersCall.http().findAll(postRequestedFor(urlEqualTo(path)));
    }

    private LoggedRequest heard(Predicate<JsonObject> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> requests().stream()
                                .filter(request -> wanted.test(new JsonObject(request.getBodyAsString())))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private JsonPath attempts() {
        return given().get("/api/v1/webhooks/{id}/attempts", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private boolean signedBy(String secret, LoggedRequest request) {
        return StandardWebhook.of(List.of(secret))
                .signed(
                        request.getHeader("webhook-id"),
                        request.getHeader("webhook-timestamp"),
                        request.getHeader("webhook-signature"),
                        request.getBody(),
                        clock.instant());
    }

    private NotificationCommand sent() {
        var command = Commands.on(Commands.orderShipped(TENANT, customer), "email");
        pipeline.submit(command);
        pipeline.awaitStatus(command, Status.SENT);
        return command;
    }

    private void complained(NotificationCommand command) {
        var body = "{\"deliveryId\":\""
                + pipeline.find(TENANT, command.trackingId())
                        .deliveries()
                        .get(0)
                        .id() + "\",\"status\":\"complained\"}";
        given().contentType(ContentType.JSON)
                .headers(StandardWebhook.of(List.of(ProvidersCall.SECRET))
                        .headers(ids.next(), clock.instant(), body.getBytes(StandardCharsets.UTF_8)))
                .body(body)
                .post("/api/v1/callbacks/generic/acme")
                .then()
                .statusCode(200)
                .body("taken", equalTo(1));
    }
}
