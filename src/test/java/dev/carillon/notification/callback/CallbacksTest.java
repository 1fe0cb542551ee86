package dev.carillon.notification.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.endpoint.StandardWebhook;
import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@TestProfile(ProvidersCall.class)
class CallbacksTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    @Inject
    RecipientDirectory recipients;

    @Inject
    Transactions transactions;

    @Inject
    Reports reports;

    @Inject
    Clock clock;

    @Inject
    Ids ids;

    private String customer;
    private String mail;

    @BeforeEach
    void somebody() {
        customer = TestPipeline.unique("cust");
        mail = TestPipeline.unique("Zoe") + "@Example.com";
        pipeline.customer(TENANT, customer, mail, null);
    }

    @Test
    void what_was_sent_is_delivered_and_may_bounce_or_be_complained_of_but_never_comes_back() {
        // Given
        var command = sent();
        var delivery = delivery(command);

        // When
        called(event("d-" + delivery, delivery, "delivered"))
                .statusCode(200)
                .body("taken", equalTo(1))
                .body("unknown", equalTo(0));

        // Then
        assertThat(status(command)).isEqualTo(Status.DELIVERED);
        called(event("b-" + delivery, delivery, "bounced")).statusCode(200);
        assertThat(status(command)).isEqualTo(Status.BOUNCED);
        called(event("d2-" + delivery, delivery, "delivered")).statusCode(200).body("taken", equalTo(1));
        assertThat(status(command)).isEqualTo(Status.BOUNCED);
        called(event("c-" + delivery, delivery, "complained")).statusCode(200);
        called(event("b2-" + delivery, delivery, "bounced")).statusCode(200);
        assertThat(status(command)).isEqualTo(Status.COMPLAINED);
        given().get("/api/v1/notifications/{id}", command.trackingId())
                .then()
                .statusCode(200)
                .body("status", equalTo("complained"))
                .body("deliveries[0].status", equalTo("complained"))
                .body("deliveries[0].detail", equalTo("5.1.1"));
        given().queryParam("customerId", customer)
                .queryParam("status", "complained")
                .get("/api/v1/notifications")
                .then()
                .statusCode(200)
                .body("notifications.trackingId", contains(command.trackingId()));
        var counts = given().get("/api/v1/statistics?bucket=day&by=channel")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(counts.getMap("rows.find { it.channel == 'email' }.counts"))
                .containsKeys("delivered", "bounced", "complained");
    }

    @Test
    void many_events_at_once_in_any_order_come_to_the_weightiest() {
        // Given
        var one = sent();
        var other = sent();

        // When
        called(
                        event("1" + delivery(one), delivery(one), "complained"),
                        event("2" + delivery(one), delivery(one), "delivered"),
                        event("2" + delivery(one), delivery(one), "delivered"),
                        event("3" + delivery(other), delivery(other), "delivered"),
                        event("4" + delivery(one), ids.next(), "delivered"),
                        event("5" + delivery(one), "no id", "bounced"),
                        event("6", null, "opened"))
                .statusCode(200)
                .body("taken", equalTo(3))
                .body("unknown", equalTo(2))
                .body("duplicates", equalTo(1))
                .body("ignored", equalTo(1));

        // Then
        assertThat(status(one)).isEqualTo(Status.COMPLAINED);
        assertThat(status(other)).isEqualTo(Status.DELIVERED);
    }

    @Test
    void who_bounced_gets_nothing_more_until_it_is_lifted_and_a_repetition_does_not_block_them_again() {
        // Given
        var command = sent();
        var bounce = event("b-" + customer, delivery(command), "bounced");
        called(bounce).statusCode(200);

        // When
        var refused = pipeline.submit(byMail());

        // Then
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class,
                        suppressed -> assertThat(suppressed.reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED));
        var id = given().queryParam("channel", "email")
                .queryParam("address", mail.toUpperCase(Locale.ROOT))
                .get("/api/v1/suppressions")
                .then()
                .statusCode(200)
                .body("suppressions", hasSize(1))
                .body("suppressions[0].cause", equalTo("bounce"))
                .body("suppressions[0].source", equalTo("generic/acme"))
                .body("next", nullValue())
                .extract()
                .<String>path("suppressions[0].id");
        given().delete("/api/v1/suppressions/{id}", id).then().statusCode(204);
        given().delete("/api/v1/suppressions/{id}", id).then().statusCode(404);
        called(bounce).statusCode(200).body("duplicates", equalTo(1)).body("taken", equalTo(0));
        assertThat(pipeline.submit(byMail())).isInstanceOf(Receipt.Queued.class);
    }

    @Test
    void a_soft_bounce_blocks_nobody() {
        // Given
        var command = sent();

        // When
        called(event("s-" + customer, delivery(command), "bounced").replace("}", ",\"permanent\":false}"))
                .statusCode(200);

        // Then
        assertThat(status(command)).isEqualTo(Status.BOUNCED);
        assertThat(pipeline.submit(byMail())).isInstanceOf(Receipt.Queued.class);
    }

    @Test
    void what_was_judged_as_of_a_position_is_judged_the_same_afterwards() {
        // Given
        var before = position();

        // When
        given().contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + mail + "\"}")
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201)
                .body("cause", equalTo("manual"));
        var after = position();
        var id = given().queryParam("channel", "email")
                .queryParam("address", mail)
                .get("/api/v1/suppressions")
                .then()
                .extract()
                .<String>path("suppressions[0].id");
        given().delete("/api/v1/suppressions/{id}", id).then().statusCode(204);

        // Then
        assertThat(suppressedAt(before)).isFalse();
        assertThat(suppressedAt(after)).isTrue();
        assertThat(suppressedAt(position())).isFalse();
    }

    @Test
    void who_subscribes_again_takes_back_that_they_wanted_no_more_and_makes_no_mailbox() {
        // Given
        var delivery = delivery(sent());
        said(report(delivery, Block.STOP, false, 0));
        assertThat(suppressions()).containsExactly("stop");

        // When
        said(report(delivery, null, true, 1));

        // Then
        assertThat(suppressions()).isEmpty();

        // When
        said(report(delivery, null, true, 3), report(delivery, Block.STOP, false, 2));

        // Then
        assertThat(suppressions())
                .as("what is told at once is in the order of its times")
                .isEmpty();

        // When
        said(report(delivery, Block.BOUNCE, false, 4));
        said(report(delivery, null, true, 5));

        // Then
        assertThat(suppressions()).containsExactly("bounce");
    }

    /** In whatever order they are said and lifted. */
    static Stream<List<String>> orders() {
        return Stream.of(
                List.of("bounce", "stop", "complaint", "manual"),
                List.of("stop", "bounce", "manual", "complaint"),
                List.of("manual", "complaint", "stop", "bounce"),
                List.of("complaint", "manual", "bounce", "stop"));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void every_cause_is_remembered_and_lifting_one_leaves_the_others(List<String> causes) {
        // Given
        var delivery = delivery(sent());
        causes.forEach(cause -> say(cause, delivery));
        causes.forEach(cause -> say(cause, delivery));
        assertThat(suppressions()).as("each once").containsExactlyInAnyOrderElementsOf(causes);

        // When
        said(report(delivery, null, true, 5));

        // Then
        assertThat(suppressions())
                .as("START lifts the STOP alone")
                .containsExactlyInAnyOrder("bounce", "complaint", "manual");
        say("stop", delivery);
        for (int lifted = 0; lifted < causes.size(); lifted++) {
            assertThat(suppressedAt(position())).isTrue();
            assertThat(pipeline.submit(byMail())).isInstanceOf(Receipt.Suppressed.class);
            lift(causes.get(lifted));
            assertThat(suppressions()).containsExactlyInAnyOrderElementsOf(causes.subList(lifted + 1, causes.size()));
        }
        assertThat(suppressedAt(position())).isFalse();
        assertThat(pipeline.submit(byMail())).isInstanceOf(Receipt.Queued.class);
    }

    private void say(String cause, String delivery) {
        if (cause.equals("manual")) {
            given().contentType(ContentType.JSON)
                    .body("{\"channel\":\"email\",\"address\":\"" + mail + "\"}")
                    .post("/api/v1/suppressions")
                    .then()
                    .statusCode(201)
                    .body("cause", equalTo("manual"));
        } else {
            said(report(delivery, Block.valueOf(cause.toUpperCase(Locale.ROOT)), false, 0));
        }
    }

    private void lift(String cause) {
        var id = given().queryParam("channel", "email")
                .queryParam("address", mail)
                .get("/api/v1/suppressions")
                .then()
                .extract()
                .<String>path("suppressions.find { it.cause == '" + cause + "' }.id");
        given().delete("/api/v1/suppressions/{id}", id).then().statusCode(204);
        given().delete("/api/v1/suppressions/{id}", id).then().statusCode(404);
    }

    @Test
    void the_same_id_twice_in_a_callback_is_taken_once() {
        // Given
        var delivery = delivery(sent());
        var id = ids.next();

        // Then
        called(event(id, delivery, "delivered"), event(id, delivery, "delivered"), event(id, delivery, "bounced"))
                .statusCode(200)
                .body("taken", equalTo(1))
                .body("duplicates", equalTo(2))
                .body("unknown", equalTo(0));
        called(event(id, delivery, "bounced")).body("taken", equalTo(0)).body("duplicates", equalTo(1));
        given().get("/api/v1/suppressions?channel=email&address=" + mail).then().body("suppressions", empty());
    }

    @Test
    void events_without_an_id_or_with_a_blank_one_are_told_apart_by_their_place() {
        // Given
        var body = "{\"events\":[" + event("", delivery(sent()), "delivered") + ","
                + event(" ", delivery(sent()), "delivered") + "]}";
        var headers = StandardWebhook.of(List.of(ProvidersCall.SECRET))
                .headers(ids.next(), clock.instant(), body.getBytes(StandardCharsets.UTF_8));

        // Then
        given().contentType(ContentType.JSON)
                .headers(headers)
                .body(body)
                .post("/api/v1/callbacks/generic/acme")
                .then()
                .body("taken", equalTo(2))
                .body("duplicates", equalTo(0));
        given().contentType(ContentType.JSON)
                .headers(headers)
                .body(body)
                .post("/api/v1/callbacks/generic/acme")
                .then()
                .body("taken", equalTo(0))
                .body("duplicates", equalTo(2));
    }

    @Test
    void who_cannot_be_checked_is_not_listened_to() {
        // Given
        var body = "{\"status\":\"bounced\"}";

        // Then
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/callbacks/generic/acme")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", endsWith("/unauthenticated"));
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/callbacks/generic/nobody")
                .then()
                .statusCode(404);
        given().contentType(ContentType.JSON)
                .body("[]")
                .post("/api/v1/callbacks/sendgrid")
                .then()
                .statusCode(404);
        given().contentType(ContentType.URLENC)
                .body("MessageSid=SM1")
                .post("/api/v1/callbacks/twilio")
                .then()
                .statusCode(404);
        given().contentType(ContentType.JSON)
                .body("x".repeat(1024 * 1024 + 1))
                .post("/api/v1/callbacks/generic/acme")
                .then()
                .statusCode(413);
        signed("no JSON").statusCode(422);
    }

    private DeliveryReport report(String delivery, @Nullable Block block, boolean lifts, int seconds) {
        return new DeliveryReport(
                ids.next(),
                delivery,
                block == Block.BOUNCE ? ReportedStatus.BOUNCED : ReportedStatus.DELIVERED,
                block,
                lifts,
                "code",
                clock.instant().plusSeconds(seconds - 10));
    }

    private void said(DeliveryReport... said) {
        reports.take("sendgrid", new Authentic(List.of(said), List.of(), 0))
                .await()
                .indefinitely();
    }

    private List<String> suppressions() {
        return given().queryParam("channel", "email")
                .queryParam("address", mail)
                .get("/api/v1/suppressions")
                .then()
                .extract()
                .path("suppressions.cause");
    }

    private boolean suppressedAt(long position) {
        var key = new AsOf<>(new RecipientKey(TENANT, customer), position);
        return transactions
                .inTransaction(tx -> recipients.asOf(tx, List.of(key)))
                .await()
                .indefinitely()
                .get(key)
                .suppression("email")
                .isPresent();
    }

    private long position() {
        return transactions.inTransaction(recipients::nextPosition).await().indefinitely();
    }

    private NotificationCommand sent() {
        var command = byMail();
        pipeline.submit(command);
        pipeline.awaitStatus(command, Status.SENT);
        return command;
    }

    private NotificationCommand byMail() {
        return Commands.on(Commands.orderShipped(TENANT, customer), "email");
    }

    private String delivery(NotificationCommand command) {
        return pipeline.find(TENANT, command.trackingId()).deliveries().stream()
                .filter(one -> one.channel().equals("email"))
                .map(NotificationView.DeliveryView::id)
                .findFirst()
                .orElseThrow();
    }

    private Status status(NotificationCommand command) {
        return pipeline.find(TENANT, command.trackingId()).status();
    }

    private static String event(String id, String delivery, String status) {
        return "{\"id\":\"" + id + "\",\"deliveryId\":" + (delivery == null ? "null" : "\"" + delivery + "\"")
                + ",\"status\":\"" + status + "\",\"code\":\"5.1.1\"}";
    }

    private ValidatableResponse called(String... events) {
        return signed("{\"events\":[" + Stream.of(events).collect(Collectors.joining(",")) + "]}");
    }

    private ValidatableResponse signed(String body) {
        return given().contentType(ContentType.JSON)
                .headers(StandardWebhook.of(List.of(ProvidersCall.SECRET))
                        .headers(ids.next(), clock.instant(), body.getBytes(StandardCharsets.UTF_8)))
                .body(body)
                .post("/api/v1/callbacks/generic/acme")
                .then();
    }
}
