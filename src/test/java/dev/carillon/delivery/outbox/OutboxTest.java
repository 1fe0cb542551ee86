package dev.carillon.delivery.outbox;

import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.notification.RecordedNotifications;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On channels of their own, which no dispatch loop serves: the test is the process that claims. */
@QuarkusTest
class OutboxTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Inject
    Outbox outbox;

    @Inject
    RecordedNotifications notifications;

    @Inject
    Tracking tracking;

    @Inject
    Transactions transactions;

    @Inject
    PgRecipientLimits recipientCounts;

    @Inject
    SettableClock clock;

    private final String tenant = unique("outbox");
    private final String channel = unique("channel");

    @Test
    void what_is_claimed_is_what_was_put_in() {
        // Given
        var delivery = enqueued(1, null);

        // When
        var claimed = claim(1).get(0);

        // Then
        assertThat(claimed.delivery()).isEqualTo(delivery);
    }

    @Test
    void a_lease_that_ran_out_is_taken_over_and_its_late_holder_changes_nothing() {
        // Given
        var delivery = enqueued(1, null);
        var dead = claim(1).get(0);
        assertThat(claim(1)).isEmpty();

        // When
        try (var later = clock.ahead(LEASE.plusSeconds(1))) {
            var living = claimedAfterTakeOver();

            // Then
            assertThat(living.attempt()).isEqualTo(2);
            assertThat(living.token()).isGreaterThan(dead.token());
            assertThat(complete(sent(dead))).isEmpty();
            assertThat(view(delivery).status()).isEqualTo(Status.SENDING);
            assertThat(complete(sent(living))).extracting(Moved::outcome).containsExactly("sent");
            assertThat(complete(sent(living))).as("twice").isEmpty();
        }
        assertThat(view(delivery).status()).isEqualTo(Status.SENT);
        assertThat(attempts(delivery))
                .extracting(NotificationView.AttemptView::outcome)
                .containsExactly("unknown", "sent");
    }

    @Test
    void one_batch_may_hold_a_stale_and_a_present_completion_of_the_same_delivery() {
        // Given
        var delivery = enqueued(1, null);
        var dead = claim(1).get(0);

        try (var later = clock.ahead(LEASE.plusSeconds(1))) {
            var living = claimedAfterTakeOver();

            // When
            var moved = complete(
                    Attempt.ended(dead, "test", AttemptOutcome.DEAD, FailureKind.REJECTED, "late", null), sent(living));

            // Then
            assertThat(moved).hasSize(1);
        }
        assertThat(view(delivery).status()).isEqualTo(Status.SENT);
        assertThat(attempts(delivery)).hasSize(2);
    }

    @Test
    void a_delivery_that_outlives_every_holder_is_a_dead_letter() {
        // Given
        var delivery = enqueued(1, null);

        // When
        try (var later = clock.ahead(Duration.ZERO)) {
            for (int attempt = 1; attempt <= 12; attempt++) {
                claimedAfterTakeOver();
                clock.advance(LEASE.plusSeconds(1));
            }
            outbox.takeOver().await().atMost(DEADLINE);
            Awaitility.await().atMost(DEADLINE).until(() -> view(delivery).status() == Status.DEAD_LETTERED);
        }

        // Then
        assertThat(attempts(delivery))
                .hasSize(12)
                .allMatch(attempt -> attempt.outcome().equals("unknown"));
        assertThat(view(delivery).deliveries().get(0).reason()).isEqualTo("PROVIDER_ERROR");
    }

    @Test
    void the_more_urgent_lane_goes_first_and_within_a_lane_the_older() {
        // Given
        var low = enqueued(2, null);
        var normal = enqueued(1, null);
        var secondNormal = enqueued(1, null);
        var high = enqueued(0, null);

        // When
        var claimed = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            claimed.add(claim(1).get(0).delivery().id());
        }

        // Then
        assertThat(claimed).containsExactly(high.id(), normal.id(), secondNormal.id(), low.id());
    }

    @Test
    void an_address_gets_so_many_in_a_time_and_the_rest_waits_without_burning_an_attempt() {
        // Given
        var limits = new RecipientLimits(
                TestProviders.settings(Map.of(
                        "carillon.delivery." + channel + ".recipient-limit.messages",
                        "2",
                        "carillon.delivery." + channel + ".recipient-limit.per",
                        "PT1M")),
                recipientCounts,
                transactions,
                clock);
        try (var stopped = clock.stop()) {
            var deliveries = new ArrayList<Delivery>();
            for (int i = 0; i < 5; i++) {
                deliveries.add(enqueued(1, null));
            }

            // Then
            var first = claimWithin(limits);
            assertThat(first)
                    .extracting(LeasedDelivery::delivery)
                    .containsExactly(deliveries.get(0), deliveries.get(1));
            complete(first.stream().map(OutboxTest::sent).toArray(Attempt[]::new));
            assertThat(claimWithin(limits)).isEmpty();
            assertThat(view(deliveries.get(2)).deliveries())
                    .extracting(NotificationView.DeliveryView::status, NotificationView.DeliveryView::reason)
                    .containsExactly(tuple(Status.QUEUED, "RATE_LIMITED"));
            clock.advance(Duration.ofSeconds(59));
            assertThat(claimWithin(limits)).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            var second = claimWithin(limits);
            assertThat(second).hasSize(2).allMatch(one -> one.attempt() == 1);
            complete(second.stream().map(OutboxTest::sent).toArray(Attempt[]::new));
            clock.advance(Duration.ofHours(1));
            limits.forget().await().atMost(DEADLINE);
            assertThat(claimWithin(limits)).hasSize(1);
        }
    }

    private List<LeasedDelivery> claimWithin(RecipientLimits limits) {
        var claimed = outbox.claim(channel, Lanes.of(10), LEASE).await().atMost(DEADLINE);
        return transactions
                .inTransaction(tx -> limits.within(tx, channel, claimed))
                .await()
                .atMost(DEADLINE)
                .deliveries();
    }

    @Test
    void what_is_released_is_due_at_once_and_has_burnt_no_attempt() {
        // Given
        enqueued(1, null);
        var leased = claim(1);

        // When
        outbox.release(leased).await().atMost(DEADLINE);

        // Then
        var again = claim(1);
        assertThat(again).hasSize(1).allMatch(one -> one.attempt() == 1);
        outbox.release(leased).await().atMost(DEADLINE);
        assertThat(claim(1)).as("by who does not hold it any more").isEmpty();
    }

    @Test
    void tenants_share_a_lane_and_the_one_with_the_most_does_not_go_first() {
        // Given
        var big = unique("a-big");
        for (int i = 0; i < 40; i++) {
            enqueue(delivery(big, 1));
        }
        var small = unique("b-small");
        var other = unique("c-other");
        for (int i = 0; i < 3; i++) {
            enqueue(delivery(small, 1));
            enqueue(delivery(other, 1));
        }

        // When
        var claimed = outbox.claim(channel, Lanes.of(9), LEASE).await().atMost(DEADLINE);

        // Then
        assertThat(claimed.deliveries())
                .extracting(one -> one.delivery().tenant())
                .containsOnly(big, small, other)
                .hasSize(9);
        assertThat(claimed.deliveries().stream()
                        .filter(one -> one.delivery().tenant().equals(big)))
                .hasSize(3);
        assertThat(claimed.more()).isTrue();
        assertThat(claim(100)).as("nobody else has any").hasSize(37);
    }

    @Test
    void few_places_go_round_in_a_circle() {
        // Given
        var tenants = List.of(unique("a"), unique("b"), unique("c"));
        tenants.forEach(one -> {
            enqueue(delivery(one, 1));
            enqueue(delivery(one, 1));
        });

        // When
        var served = new ArrayList<String>();
        var after = Lanes.FROM_THE_FIRST;
        for (int i = 0; i < 6; i++) {
            var claimed = outbox.claim(channel, new Lanes(1, 1, 1, 1, 1, after), LEASE)
                    .await()
                    .atMost(DEADLINE);
            claimed.deliveries().forEach(one -> served.add(one.delivery().tenant()));
            after = claimed.after();
        }

        // Then
        assertThat(served)
                .containsExactly(
                        tenants.get(0), tenants.get(1), tenants.get(2), tenants.get(0), tenants.get(1), tenants.get(2));
    }

    @Test
    void many_tenants_that_wait_for_a_later_time_hide_nobody() {
        // Given
        try (var stopped = clock.stop()) {
            for (int i = 0; i < 80; i++) {
                enqueue(delivery(unique("a-later"), 1));
            }
            var all = claim(32).stream();
            for (int i = 0; i < 2; i++) {
                all = Stream.concat(all, claim(32).stream());
            }
            complete(all.map(one -> Attempt.retry(
                            one,
                            "test",
                            FailureKind.PROVIDER_ERROR,
                            "503",
                            clock.instant().plusSeconds(3600),
                            null,
                            Waits.NONE))
                    .toArray(Attempt[]::new));
            var due = delivery(unique("z-now"), 1);
            enqueue(due);

            // Then
            assertThat(claim(10)).extracting(LeasedDelivery::delivery).containsExactly(due);
        }
    }

    @Test
    void lanes_get_no_more_than_they_may() {
        // Given
        for (int i = 0; i < 6; i++) {
            enqueued(1, null);
            enqueued(2, null);
        }
        var urgent = enqueued(0, null);

        // When
        var claimed = outbox.claim(channel, new Lanes(10, 10, 5, 5, 2, Lanes.FROM_THE_FIRST), LEASE)
                .await()
                .atMost(DEADLINE)
                .deliveries();

        // Then
        assertThat(claimed).extracting(one -> one.delivery().priority()).containsExactly(0, 1, 1, 1, 1, 1);
        assertThat(claimed.get(0).delivery()).isEqualTo(urgent);
        assertThat(outbox.claim(channel, new Lanes(10, 10, 5, 5, 2, Lanes.FROM_THE_FIRST), LEASE)
                        .await()
                        .atMost(DEADLINE)
                        .deliveries())
                .extracting(one -> one.delivery().priority())
                .containsExactly(1, 2, 2);
    }

    @Test
    void two_claims_at_once_share_the_deliveries_between_them() {
        // Given
        for (int i = 0; i < 40; i++) {
            enqueued(i % 3, null);
        }

        // When
        var both = Uni.combine()
                .all()
                .unis(
                        outbox.claim(channel, Lanes.of(30), LEASE).map(ClaimedDeliveries::deliveries),
                        outbox.claim(channel, Lanes.of(30), LEASE).map(ClaimedDeliveries::deliveries))
                .asTuple()
                .await()
                .atMost(DEADLINE);

        // Then
        var ids = new ArrayList<String>();
        both.getItem1().forEach(one -> ids.add(one.delivery().id()));
        both.getItem2().forEach(one -> ids.add(one.delivery().id()));
        assertThat(ids).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(40);
        claim(40).forEach(one -> ids.add(one.delivery().id()));
        assertThat(ids).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void what_is_retried_is_due_when_it_was_said_and_not_before() {
        // Given
        enqueued(1, null);
        try (var stopped = clock.stop()) {
            var leased = claim(1).get(0);
            complete(Attempt.retry(
                    leased,
                    "test",
                    FailureKind.PROVIDER_ERROR,
                    "503",
                    clock.instant().plusSeconds(60),
                    null,
                    Waits.NONE));

            // Then
            clock.advance(Duration.ofSeconds(59));
            assertThat(claim(1)).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(claim(1)).hasSize(1).allMatch(again -> again.attempt() == 2);
        }
    }

    @Test
    void nothing_is_enqueued_when_its_transaction_fails() {
        // When
        var failed = transactions
                .inTransaction(tx -> outbox.enqueue(tx, List.of(NewDelivery.of(delivery(1, null))))
                        .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("a crash"))))
                .onFailure()
                .recoverWithNull();

        // Then
        failed.await().atMost(DEADLINE);
        assertThat(claim(10)).isEmpty();
    }

    @Test
    void an_expired_delivery_is_given_up_although_its_channel_works() {
        // Given
        var notification = TestDeliveries.id();
        var delivery = new Delivery(
                TestDeliveries.id(),
                tenant,
                notification,
                "email",
                "late@example.com",
                "Subject",
                "Text",
                null,
                1,
                clock.instant().minusSeconds(1),
                null,
                null);
        enqueue(delivery);

        // When
        Awaitility.await().atMost(DEADLINE).until(() -> view(delivery).status() == Status.EXPIRED);

        // Then
        assertThat(view(delivery).deliveries().get(0).reason()).isEqualTo("EXPIRED");
        assertThat(attempts(delivery))
                .extracting(NotificationView.AttemptView::outcome)
                .containsExactly("expired");
    }

    private LeasedDelivery claimedAfterTakeOver() {
        outbox.takeOver().await().atMost(DEADLINE); // or the application's own sweep does it
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> claim(1), leased -> leased.size() == 1)
                .get(0);
    }

    private Delivery enqueued(int priority, @Nullable Instant expiresAt) {
        var delivery = delivery(priority, expiresAt);
        enqueue(delivery);
        return delivery;
    }

    private void enqueue(Delivery delivery) {
        transactions
                .inTransaction(tx -> notifications
                        .record(tx, delivery, "cust-001", clock.instant())
                        .chain(() -> outbox.enqueue(tx, List.of(NewDelivery.of(delivery)))))
                .await()
                .atMost(DEADLINE);
    }

    @Test
    void who_finds_out_whether_a_provider_works_again_is_rather_one_that_was_not_tried() {
        // Given
        try (var stopped = clock.stop()) {
            var poison = enqueued(0, null);
            complete(Attempt.retry(
                    claim(1).get(0),
                    "test",
                    FailureKind.OUTCOME_UNKNOWN,
                    "it broke",
                    clock.instant(),
                    null,
                    Waits.NONE));
            clock.advance(Duration.ofSeconds(1));
            var older = enqueued(1, null);
            clock.advance(Duration.ofSeconds(1));
            var newest = enqueued(2, null);

            // Then
            assertThat(claimProbe())
                    .as("of a lower priority, and not what came with what failed")
                    .extracting(LeasedDelivery::delivery)
                    .containsExactly(newest);
            assertThat(claimProbe()).extracting(LeasedDelivery::delivery).containsExactly(older);
            assertThat(claimProbe())
                    .as("nothing else is left")
                    .extracting(LeasedDelivery::delivery)
                    .containsExactly(poison);
            assertThat(claimProbe()).isEmpty();
        }
    }

    @Test
    void who_has_asked_to_wait_is_known_in_the_next_attempt_and_a_delivery_that_is_put_off_burns_none() {
        // Given
        try (var stopped = clock.stop()) {
            enqueued(1, null);
            var first = claim(1).get(0);
            var waits = Waits.NONE
                    .and("first", clock.instant().plusSeconds(600))
                    .and("second", clock.instant().plusSeconds(300));

            // When
            complete(Attempt.retry(first, "test", FailureKind.RATE_LIMITED, "429", clock.instant(), "second", waits));
            var second = claim(1).get(0);

            // Then
            assertThat(first.waits()).isEqualTo(Waits.NONE);
            assertThat(second.waits()).isEqualTo(waits);
            assertThat(second.attempt()).isEqualTo(2);

            // When
            outbox.postpone(second, clock.instant().plusSeconds(15)).await().atMost(DEADLINE);

            // Then
            assertThat(claim(1)).isEmpty();
            clock.advance(Duration.ofSeconds(15));
            assertThat(claim(1)).singleElement().satisfies(again -> {
                assertThat(again.attempt()).isEqualTo(2);
                assertThat(again.waits()).isEqualTo(waits);
            });
        }
    }

    private List<LeasedDelivery> claimProbe() {
        return outbox.claimProbe(channel, Lanes.of(1), LEASE)
                .await()
                .atMost(DEADLINE)
                .deliveries();
    }

    private Delivery delivery(int priority, @Nullable Instant expiresAt) {
        var notification = TestDeliveries.id();
        return new Delivery(
                TestDeliveries.id(),
                tenant,
                notification,
                channel,
                "someone@example.com",
                "Subject",
                "Text",
                null,
                priority,
                expiresAt,
                null,
                "https://example.com/stop");
    }

    private Delivery delivery(String owner, int priority) {
        return TestDeliveries.of(owner, channel, priority, null);
    }

    private List<LeasedDelivery> claim(int limit) {
        return outbox.claim(channel, Lanes.of(limit), LEASE)
                .await()
                .atMost(DEADLINE)
                .deliveries();
    }

    private List<Moved> complete(Attempt... attempts) {
        return outbox.complete(List.of(attempts)).await().atMost(DEADLINE);
    }

    private static Attempt sent(LeasedDelivery leased) {
        return Attempt.sent(leased, "test", "msg");
    }

    private NotificationView view(Delivery delivery) {
        return tracking.find(tenant, delivery.notificationId())
                .await()
                .atMost(DEADLINE)
                .orElseThrow();
    }

    private List<NotificationView.AttemptView> attempts(Delivery delivery) {
        return view(delivery).deliveries().get(0).attempts();
    }
}
