package dev.carillon.delivery.outbox;

import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.outbox.PgRecipientLimits.LimitedDelivery;
import dev.carillon.notification.RecordedNotifications;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.suppression.SuppressionChange;
import dev.carillon.notification.suppression.Suppressions;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a delivery waits, and everything that may be said of whom it is for meanwhile. The test is the process that claims. */
@QuarkusTest
class StaleDeliveriesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String ADDRESS = "https://alice.example.com/";

    /** How it waits. */
    enum Waiting {
        ITS_TURN,
        GIVEN_BACK,
        SHORT_RETRY,
        NEXT_PROVIDER,
        RECIPIENT_LIMIT,
        SET_ASIDE,
        LEASE_RUN_OUT
    }

    /** What is said meanwhile, and what comes of it on a channel that nothing sends on: in the end none of it goes. */
    enum Change {
        OPT_OUT("UNSUBSCRIBED"),
        CHANNEL_OFF("UNSUBSCRIBED"),
        SUPPRESSION("ADDRESS_SUPPRESSED"),
        NEW_ADDRESS("CATEGORY_OFF"),
        QUIET_HOURS("CATEGORY_OFF");

        final String reason;

        Change(String reason) {
            this.reason = reason;
        }
    }

    @Inject
    Outbox outbox;

    @Inject
    Claims claims;

    @Inject
    PgOutbox store;

    @Inject
    PgRecipientLimits recipientCounts;

    @Inject
    TestPipeline pipeline;

    @Inject
    RecipientDirectory recipients;

    @Inject
    Suppressions suppressions;

    @Inject
    RecordedNotifications notifications;

    @Inject
    Tracking tracking;

    @Inject
    Transactions transactions;

    @Inject
    SettableClock clock;

    private final String tenant = unique("stale");
    private final String channel = unique("channel");
    private SettableClock.Bent bent;

    @BeforeEach
    void someoneIsKnown() {
        bent = clock.stop();
        known("alice", ADDRESS);
    }

    @AfterEach
    void straighten() {
        bent.close();
    }

    static Stream<Arguments> whatever_is_said_while_it_waits_holds_for_it() {
        return Stream.of(Waiting.values())
                .flatMap(waiting -> Stream.of(Change.values()).map(change -> Arguments.of(waiting, change)));
    }

    @ParameterizedTest
    @MethodSource
    void whatever_is_said_while_it_waits_holds_for_it(Waiting waiting, Change change) {
        // Given
        var delivery = enqueued("alice");
        waits(waiting);

        // When
        said(change);

        // Then
        itsTime(waiting);
        assertThat(claim()).isEmpty();
        Awaitility.await().atMost(DEADLINE).until(() -> reason(delivery), change.reason::equals);
        assertThat(claim()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_nothing_was_said_of_goes_in_its_time_whatever_is_said_of_others(Waiting waiting) {
        // Given
        known("bob", "https://bob.example.com/");
        enqueued("alice");
        waits(waiting);

        // When
        pipeline.prefers(tenant, "bob", Preferences.NONE.withOptedOut(true));
        suppressions
                .suppress(new SuppressionChange(
                        tenant, channel, "https://bob.example.com/", Cause.MANUAL, null, "test", clock.instant()))
                .await()
                .atMost(DEADLINE);
        pipeline.customer(unique("other"), "alice", Map.of(Contact.NAME, "Somebody else"));

        // Then
        itsTime(waiting);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void what_is_committed_between_judging_and_writing_down_does_not_slip_through() {
        // Given
        var judged = judged("alice");

        // When
        said(Change.OPT_OUT);
        var delivery = enqueued("alice", judged);

        // Then
        assertThat(claim()).isEmpty();
        Awaitility.await().atMost(DEADLINE).until(() -> reason(delivery), "UNSUBSCRIBED"::equals);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_said_between_judging_and_writing_down_keeps_it_from_being_leased_by_its_insert(Change change) {
        // Given
        var judged = judged("alice");

        // When
        said(change);

        // Then
        var delivery = delivery();
        assertThat(inserted(delivery, "alice", judged)).containsExactly(delivery.id());
        assertThat(claim()).isEmpty();
        Awaitility.await().atMost(DEADLINE).until(() -> reason(delivery), change.reason::equals);
    }

    @Test
    void what_nothing_was_said_of_is_leased_by_its_insert_as_by_a_claim() {
        // Given
        known("bob", "https://bob.example.com/");
        var judged = judged("alice");
        var delivery = delivery();

        // When
        pipeline.prefers(tenant, "bob", Preferences.NONE.withOptedOut(true));
        var stale = inserted(delivery, "alice", judged);

        // Then
        assertThat(stale).isEmpty();
        assertThat(claim()).isEmpty();
        var leased = new LeasedDelivery(delivery, 1, Enqueuing.TOKEN, clock.instant(), LEASE, null);
        assertThat(outbox.complete(List.of(Attempt.sent(leased, "test", "msg-1")))
                        .await()
                        .atMost(DEADLINE))
                .hasSize(1);
    }

    @Test
    void a_lease_of_an_insert_runs_out_like_any_other_and_its_late_holder_changes_nothing() {
        // Given
        var delivery = delivery();
        inserted(delivery, "alice", judged("alice"));
        var dead = new LeasedDelivery(delivery, 1, Enqueuing.TOKEN, clock.instant(), LEASE, null);

        // When
        clock.advance(LEASE.plusSeconds(1));
        outbox.takeOver().await().atMost(DEADLINE);
        var alive = claim();

        // Then
        assertThat(alive).extracting(LeasedDelivery::attempt).containsExactly(2);
        assertThat(outbox.complete(List.of(Attempt.sent(dead, "test", "late")))
                        .await()
                        .atMost(DEADLINE))
                .isEmpty();
        outbox.release(List.of(dead)).await().atMost(DEADLINE);
        assertThat(outbox.complete(List.of(Attempt.sent(alive.get(0), "test", "msg-1")))
                        .await()
                        .atMost(DEADLINE))
                .hasSize(1);
    }

    @Test
    void a_lease_of_an_insert_is_released_without_burning_an_attempt() {
        // Given
        var delivery = delivery();
        inserted(delivery, "alice", judged("alice"));

        // When
        outbox.release(List.of(new LeasedDelivery(delivery, 1, Enqueuing.TOKEN, clock.instant(), LEASE, null)))
                .await()
                .atMost(DEADLINE);

        // Then
        assertThat(claim()).extracting(LeasedDelivery::attempt).containsExactly(1);
    }

    @Test
    void what_goes_to_nobody_who_has_wishes_is_never_judged_again() {
        // Given
        var delivery = delivery();
        transactions
                .inTransaction(tx -> outbox.enqueue(tx, List.of(NewDelivery.of(delivery))))
                .await()
                .atMost(DEADLINE);

        // When
        said(Change.SUPPRESSION);

        // Then
        assertThat(claim()).extracting(LeasedDelivery::delivery).containsExactly(delivery);
    }

    @Test
    void it_burns_no_attempt_and_keeps_its_place_in_the_line_and_leaves_that_in_a_claim_to_another() {
        // Given
        var first = enqueued("alice");
        clock.advance(Duration.ofSeconds(1));
        known("bob", "https://bob.example.com/");
        var second = enqueued("bob");
        pipeline.prefers(tenant, "alice", "email", true);
        clock.advance(Duration.ofSeconds(1));
        var now = judged("alice");

        // When
        var gone = new ArrayList<LeasedDelivery>();
        transactions
                .inTransaction(tx -> claims.claim(tx, channel, Lanes.of(1), clock.instant(), LEASE)
                        .invoke(claimed -> assertThat(claimed)
                                .returns(true, ClaimedDeliveries::more)
                                .returns(List.of(), ClaimedDeliveries::deliveries))
                        .chain(() -> outbox.held(tx, 500))
                        .chain(held -> outbox.settle(
                                tx,
                                held.stream()
                                        .filter(one -> one.id().equals(first.id()))
                                        .<ReleaseDecision>map(one ->
                                                new ReleaseDecision.Release(one, "https://new.example.com/", now))
                                        .toList()))
                        .chain(() -> claims.claim(tx, channel, Lanes.of(2), clock.instant(), LEASE))
                        .invoke(claimed -> gone.addAll(claimed.deliveries()))
                        .replaceWithVoid())
                .await()
                .atMost(DEADLINE);

        // Then
        assertThat(gone).extracting(one -> one.delivery().id()).containsExactly(first.id(), second.id());
        assertThat(gone).extracting(LeasedDelivery::attempt).containsOnly(1);
        assertThat(gone.get(0).delivery().recipient()).isEqualTo("https://new.example.com/");
    }

    private void waits(Waiting waiting) {
        switch (waiting) {
            case ITS_TURN -> {}
            case GIVEN_BACK -> outbox.release(claim()).await().atMost(DEADLINE);
            case SHORT_RETRY -> retried(Duration.ofSeconds(8), null);
            case NEXT_PROVIDER -> retried(Duration.ZERO, "second");
            case RECIPIENT_LIMIT -> {
                var late = claim().stream()
                        .map(leased ->
                                new LimitedDelivery(leased, clock.instant().plusSeconds(10)))
                        .toList();
                transactions
                        .inTransaction(tx -> recipientCounts.putBack(tx, late))
                        .await()
                        .atMost(DEADLINE);
            }
            case SET_ASIDE -> assertThat(claim(0)).isEmpty();
            case LEASE_RUN_OUT -> assertThat(claim()).hasSize(1);
        }
    }

    private void itsTime(Waiting waiting) {
        clock.advance(
                switch (waiting) {
                    case SHORT_RETRY -> Duration.ofSeconds(8);
                    case RECIPIENT_LIMIT -> Duration.ofSeconds(10);
                    case LEASE_RUN_OUT -> LEASE.plusSeconds(1);
                    case ITS_TURN, GIVEN_BACK, NEXT_PROVIDER, SET_ASIDE -> Duration.ZERO;
                });
        if (waiting == Waiting.LEASE_RUN_OUT) {
            outbox.takeOver().await().atMost(DEADLINE);
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> tracking.newest(tenant, "alice", 1)
                                    .await()
                                    .atMost(DEADLINE)
                                    .get(0)
                                    .deliveries()
                                    .get(0)
                                    .attempts()
                                    .size()
                            == 1);
        }
    }

    private void retried(Duration after, String provider) {
        var attempts = claim().stream()
                .map(leased -> Attempt.retry(
                        leased,
                        "first",
                        FailureKind.PROVIDER_ERROR,
                        "500",
                        clock.instant().plus(after),
                        provider,
                        Waits.NONE))
                .toList();
        assertThat(outbox.complete(attempts).await().atMost(DEADLINE)).hasSize(1);
    }

    private void said(Change change) {
        switch (change) {
            case OPT_OUT -> pipeline.prefers(tenant, "alice", Preferences.NONE.withOptedOut(true));
            case CHANNEL_OFF -> pipeline.prefers(tenant, "alice", channel, false);
            case SUPPRESSION ->
                suppressions
                        .suppress(new SuppressionChange(
                                tenant, channel, ADDRESS, Cause.STOP, null, "test", clock.instant()))
                        .await()
                        .atMost(DEADLINE);
            case NEW_ADDRESS -> known("alice", "https://new.example.com/");
            case QUIET_HOURS ->
                pipeline.prefers(
                        tenant,
                        "alice",
                        Preferences.NONE.withQuietHours(
                                new QuietHours(List.of(new QuietHours.Window(LocalTime.MIN, LocalTime.of(23, 59))))));
        }
    }

    private void known(String customer, String address) {
        pipeline.customer(tenant, customer, Map.of(Contact.NAME, customer, channel, address));
    }

    private DecisionBasis judged(String customer) {
        return new DecisionBasis(
                transactions
                        .inTransaction(tx -> recipients.find(tx, tenant, customer))
                        .await()
                        .atMost(DEADLINE)
                        .map(Recipient::asOf)
                        .orElseThrow(),
                null);
    }

    private Delivery enqueued(String customer) {
        return enqueued(customer, judged(customer));
    }

    private Delivery enqueued(String customer, DecisionBasis judged) {
        var delivery = delivery();
        transactions
                .inTransaction(tx -> notifications
                        .record(tx, delivery, customer, clock.instant())
                        .chain(() -> outbox.enqueue(
                                tx, List.of(new NewDelivery(delivery, "ORDER_SHIPPED", customer, null, null, judged)))))
                .await()
                .atMost(DEADLINE);
        return delivery;
    }

    /** As what its process is to send at once; answers what it may not. */
    private List<String> inserted(Delivery delivery, String customer, DecisionBasis judged) {
        return transactions
                .inTransaction(tx -> notifications
                        .record(tx, delivery, customer, clock.instant())
                        .chain(() -> store.insert(
                                tx,
                                List.of(new NewDelivery(delivery, "ORDER_SHIPPED", customer, null, null, judged)),
                                Set.of(delivery.id()),
                                clock.instant(),
                                clock.instant().plus(LEASE))))
                .await()
                .atMost(DEADLINE);
    }

    private Delivery delivery() {
        var notification = TestDeliveries.id();
        return new Delivery(
                TestDeliveries.id(),
                tenant,
                notification,
                channel,
                ADDRESS,
                "Subject",
                "Text",
                null,
                1,
                null,
                null,
                null);
    }

    private String reason(Delivery delivery) {
        pipeline.evaluateHeld();
        return tracking.find(tenant, delivery.notificationId())
                .await()
                .atMost(DEADLINE)
                .orElseThrow()
                .deliveries()
                .get(0)
                .reason();
    }

    private List<LeasedDelivery> claim() {
        return claim(10);
    }

    private List<LeasedDelivery> claim(int room) {
        return outbox.claim(channel, Lanes.of(10), LEASE, new Room(room))
                .await()
                .atMost(DEADLINE)
                .deliveries();
    }

    /** One destination that has so much room. */
    private record Room(int places) implements Admission {

        @Override
        public DestinationKey destination(Delivery delivery) {
            return new DestinationKey(delivery.tenant(), "alice.example.com");
        }

        @Override
        public boolean isCircuitOpen(DestinationKey destination) {
            return places == 0;
        }

        @Override
        public int room(DestinationKey destination) {
            return places;
        }

        @Override
        public boolean admit(DestinationKey destination) {
            return places > 0;
        }

        @Override
        public void giveBack(DestinationKey destination, int given) {}
    }
}
