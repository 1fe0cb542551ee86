package dev.carillon.delivery.deadletter;

import static dev.carillon.notification.TestPipeline.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.delivery.outbox.Lanes;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.RecordedNotifications;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On channels of their own, which no dispatch loop serves: the test is the process that claims and gives up. */
@QuarkusTest
class DeadLettersTest {

    private static final String PATH = "/api/v1/dead-letters";
    private static final String TENANT = Caller.DEFAULT_TENANT;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Inject
    Outbox outbox;

    @Inject
    DeadLetters letters;

    @Inject
    RecordedNotifications notifications;

    @Inject
    Tracking tracking;

    @Inject
    Transactions transactions;

    @Inject
    SettableClock clock;

    private final String channel = unique("channel");

    @Test
    void a_dead_letter_is_listed_with_its_type_and_shows_every_attempt() {
        // Given
        var delivery = enqueued(null);
        complete(claimed(), AttemptOutcome.RETRY, "PROVIDER_ERROR", "HTTP 503");
        complete(claimed(), AttemptOutcome.DEAD, "REJECTED", "HTTP 400 21211");

        // Then
        given().queryParam("channel", channel)
                .get(PATH)
                .then()
                .statusCode(200)
                .body(
                        "deadLetters",
                        hasSize(1),
                        "next",
                        nullValue(),
                        "deadLetters[0].deliveryId",
                        equalTo(delivery.id()),
                        "deadLetters[0].trackingId",
                        equalTo(delivery.notificationId()),
                        "deadLetters[0].type",
                        equalTo("ORDER_SHIPPED"),
                        "deadLetters[0].failure",
                        equalTo("REJECTED"),
                        "deadLetters[0].attempts",
                        equalTo(2));
        given().get(PATH + "/" + delivery.id())
                .then()
                .statusCode(200)
                .body(
                        "deadLetter.detail",
                        equalTo("HTTP 400 21211"),
                        "attempts.outcome",
                        equalTo(List.of("retry", "dead")),
                        "attempts.number",
                        equalTo(List.of(1, 2)),
                        "actions",
                        hasSize(0));
    }

    @Test
    void filters_and_pages_leave_out_what_does_not_fit_and_repeat_nothing() {
        // Given
        var rejected =
                IntStream.range(0, 5).mapToObj(i -> dead("REJECTED", null).id()).toList();
        dead("PROVIDER_ERROR", null);

        // When
        var listed = new ArrayList<String>();
        String next = "";
        while (next != null) {
            var request = given().queryParam("channel", channel)
                    .queryParam("failure", "REJECTED")
                    .queryParam("type", "ORDER_SHIPPED")
                    .queryParam("limit", 2);
            var page = (next.isEmpty() ? request : request.queryParam("after", next))
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            listed.addAll(page.getList("deadLetters.deliveryId", String.class));
            next = page.getString("next");
        }

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(rejected).isSortedAccordingTo((a, b) -> b.compareTo(a));
        given().queryParam("channel", channel)
                .queryParam("type", "PRICE_DROP_ALERT")
                .get(PATH)
                .then()
                .body("deadLetters", hasSize(0));
        given().queryParam("channel", channel)
                .queryParam("to", clock.instant().minusSeconds(3600).toString())
                .get(PATH)
                .then()
                .body("deadLetters", hasSize(0));
        given().queryParam("failure", "EXPIRED")
                .get(PATH)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/failure"));
    }

    @Test
    void a_redrive_begins_anew_keeps_the_history_and_says_who() {
        // Given
        var delivery = dead("PROVIDER_ERROR", null);

        // When
        given().post(PATH + "/" + delivery.id() + "/redrive")
                .then()
                .statusCode(202)
                .body("trackingId", equalTo(delivery.notificationId()), "action", equalTo("redriven"));

        // Then
        var again = claimed();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.delivery()).isEqualTo(delivery);
        complete(again, AttemptOutcome.DEAD, "REJECTED", "HTTP 400");
        given().get(PATH + "/" + delivery.id())
                .then()
                .statusCode(200)
                .body(
                        "attempts.number",
                        equalTo(List.of(1, 1)),
                        "attempts.failure",
                        equalTo(List.of("PROVIDER_ERROR", "REJECTED")),
                        "actions.action",
                        equalTo(List.of("redriven")),
                        "actions[0].failure",
                        equalTo("PROVIDER_ERROR"),
                        "actions[0].by",
                        equalTo("open"));
    }

    @Test
    void of_many_redrives_at_once_one_enqueues_and_the_others_are_told() {
        // Given
        var delivery = dead("PROVIDER_ERROR", null);

        // When
        var answers = Uni.join()
                .all(IntStream.range(0, 32)
                        .mapToObj(i -> i % 2 == 0
                                ? letters.redrive(TENANT, delivery.id(), "one")
                                        .map(RedriveResult.Requeued.class::isInstance)
                                : letters.redrive(TestDeliveries.id(), TENANT, DeadLetterFilter.of(channel), 10, "many")
                                        .map(bulk -> bulk.count() == 1))
                        .toList())
                .andFailFast()
                .await()
                .atMost(DEADLINE);

        // Then
        assertThat(answers.stream().filter(won -> won)).hasSize(1);
        assertThat(claim(10)).hasSize(1);
        given().post(PATH + "/" + delivery.id() + "/redrive")
                .then()
                .statusCode(409)
                .body("reason", equalTo("ALREADY_MOVED"));
    }

    @Test
    void what_has_expired_since_is_refused_with_the_reason_and_stays() {
        // Given
        var delivery = dead("PROVIDER_ERROR", clock.instant().plusSeconds(60));
        var ofUse = dead("PROVIDER_ERROR", null);
        try (var later = clock.ahead(Duration.ofSeconds(61))) {

            // Then
            given().post(PATH + "/" + delivery.id() + "/redrive")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body(
                            "type",
                            equalTo("https://carillon.dev/problems/conflict"),
                            "reason",
                            equalTo("EXPIRED"),
                            "detail",
                            startsWith("It expired at"));
            given().contentType(ContentType.JSON)
                    .body(Map.of("channel", channel))
                    .post(PATH + "/redrive")
                    .then()
                    .statusCode(200)
                    .body("count", equalTo(1), "expired", equalTo(1), "more", equalTo(false));
            assertThat(claimed().delivery()).isEqualTo(ofUse);
        }
        assertThat(view(delivery).status()).isEqualTo(Status.DEAD_LETTERED);
    }

    @Test
    void many_are_redriven_a_portion_a_call_and_it_says_how_many() {
        // Given
        var ids = new HashSet<String>();
        IntStream.range(0, 5).forEach(i -> ids.add(dead("PROVIDER_ERROR", null).id()));
        var request = Map.of("channel", channel, "failure", "PROVIDER_ERROR", "limit", 3);

        // When
        given().contentType(ContentType.JSON)
                .body(request)
                .post(PATH + "/redrive")
                .then()
                .statusCode(200)
                .body("action", equalTo("redriven"), "count", equalTo(3), "more", equalTo(true));
        given().contentType(ContentType.JSON)
                .body(request)
                .post(PATH + "/redrive")
                .then()
                .statusCode(200)
                .body("count", equalTo(2), "more", equalTo(false));

        // Then
        assertThat(claim(10)).extracting(leased -> leased.delivery().id()).containsExactlyInAnyOrderElementsOf(ids);
        given().contentType(ContentType.JSON)
                .body(Map.of("limit", 1001))
                .post(PATH + "/redrive")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/limit"));
    }

    @Test
    void what_is_purged_is_gone_from_here_and_stays_dead_lettered() {
        // Given
        var one = dead("REJECTED", null);
        dead("REJECTED", null);

        // When
        given().delete(PATH + "/" + one.id()).then().statusCode(204);

        // Then
        given().delete(PATH + "/" + one.id()).then().statusCode(404);
        given().post(PATH + "/" + one.id() + "/redrive").then().statusCode(409);
        given().delete(PATH).then().statusCode(422);
        given().queryParam("channel", channel)
                .queryParam("tipe", "ORDER_SHIPPED")
                .delete(PATH)
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/tipe"));
        given().queryParam("channel", channel)
                .delete(PATH)
                .then()
                .statusCode(200)
                .body("action", equalTo("purged"), "count", equalTo(1), "more", equalTo(false));
        given().queryParam("channel", channel).get(PATH).then().body("deadLetters", hasSize(0));
        assertThat(view(one).status()).isEqualTo(Status.DEAD_LETTERED);
        assertThat(view(one).deliveries().get(0).reason()).isEqualTo("PROVIDER_ERROR");
    }

    @Test
    void a_summary_says_how_many_have_what_in_common() {
        // Given
        dead("PROVIDER_ERROR", null);
        dead("PROVIDER_ERROR", clock.instant().plusSeconds(60));
        dead("REJECTED", null);

        // Then
        try (var later = clock.ahead(Duration.ofSeconds(61))) {
            given().queryParam("channel", channel)
                    .get(PATH + "/summary")
                    .then()
                    .statusCode(200)
                    .body("count", equalTo(3), "expired", equalTo(1), "more", equalTo(false))
                    .body("groups.failure", equalTo(List.of("PROVIDER_ERROR", "REJECTED")))
                    .body("groups.provider", equalTo(List.of("test", "test")))
                    .body("groups.type", equalTo(List.of("ORDER_SHIPPED", "ORDER_SHIPPED")))
                    .body("groups.count", equalTo(List.of(2, 1)))
                    .body("groups.expired", equalTo(List.of(1, 0)))
                    .body("causes.detail", equalTo(List.of("HTTP 500", "HTTP 500")))
                    .body("causes.count", equalTo(List.of(2, 1)));
        }
        given().queryParam("channel", channel)
                .queryParam("provider", "another")
                .get(PATH + "/summary")
                .then()
                .body("count", equalTo(0), "groups", hasSize(0), "causes", hasSize(0));
    }

    @Test
    void provider_and_answer_select_what_is_listed_and_redriven() {
        // Given
        dead("PROVIDER_ERROR", null);

        // Then
        for (var other : List.of(Map.of("provider", "another"), Map.of("detail", "HTTP 50"))) {
            given().queryParams(other)
                    .queryParam("channel", channel)
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .body("deadLetters", hasSize(0));
        }
        given().queryParams("provider", "test", "detail", "HTTP 500", "channel", channel)
                .get(PATH)
                .then()
                .body("deadLetters.provider", equalTo(List.of("test")));
        given().contentType(ContentType.JSON)
                .body(Map.of("channel", channel, "provider", "another"))
                .post(PATH + "/redrive")
                .then()
                .statusCode(200)
                .body("count", equalTo(0), "redriveId", nullValue());
    }

    @Test
    void another_tenant_sees_and_moves_nothing() {
        // Given
        var delivery = dead("PROVIDER_ERROR", null);

        // Then
        assertThat(letters.find("other", delivery.id()).await().atMost(DEADLINE))
                .isEmpty();
        assertThat(letters.redrive("other", delivery.id(), "them").await().atMost(DEADLINE))
                .isInstanceOf(RedriveResult.NotFound.class);
        assertThat(letters.purge("other", delivery.id(), "them").await().atMost(DEADLINE))
                .isFalse();
        given().get(PATH + "/" + TestDeliveries.id()).then().statusCode(404);
        given().get(PATH + "/nonsense").then().statusCode(404);
    }

    @Test
    void what_expired_is_no_dead_letter() {
        // Given
        var delivery = enqueued(null);

        // When
        complete(claimed(), AttemptOutcome.EXPIRED, "RATE_LIMITED", "HTTP 429");

        // Then
        assertThat(view(delivery).status()).isEqualTo(Status.EXPIRED);
        assertThat(view(delivery).deliveries())
                .extracting(NotificationView.DeliveryView::reason)
                .containsExactly("EXPIRED");
        given().get(PATH + "/" + delivery.id()).then().statusCode(404);
    }

    private Delivery dead(String failure, @Nullable Instant expiresAt) {
        var delivery = enqueued(expiresAt);
        complete(claimed(), AttemptOutcome.DEAD, failure, "HTTP 500");
        return delivery;
    }

    private Delivery enqueued(@Nullable Instant expiresAt) {
        var until = expiresAt == null ? null : Instant.ofEpochMilli(expiresAt.toEpochMilli());
        var delivery = TestDeliveries.of(TENANT, channel, 0, until);
        transactions
                .inTransaction(tx -> notifications
                        .record(tx, delivery, "cust-001", clock.instant())
                        .chain(() -> outbox.enqueue(tx, List.of(NewDelivery.of(delivery)))))
                .await()
                .atMost(DEADLINE);
        return delivery;
    }

    private LeasedDelivery claimed() {
        var claimed = claim(10);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private List<LeasedDelivery> claim(int limit) {
        return outbox.claim(channel, Lanes.of(limit), LEASE)
                .await()
                .atMost(DEADLINE)
                .deliveries();
    }

    private void complete(LeasedDelivery leased, AttemptOutcome outcome, String failure, String detail) {
        outbox.complete(List.of(new Attempt(
                        leased, "test", outcome, failure, detail, null, clock.instant(), null, Waits.NONE, null)))
                .await()
                .atMost(DEADLINE);
    }

    private NotificationView view(Delivery delivery) {
        return tracking.find(TENANT, delivery.notificationId())
                .await()
                .atMost(DEADLINE)
                .orElseThrow();
    }
}
