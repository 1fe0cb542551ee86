package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.outbox.DecisionBasis;
import dev.carillon.delivery.outbox.HeldDelivery;
import dev.carillon.delivery.outbox.NewDelivery.Hold;
import dev.carillon.delivery.outbox.ReleaseDecision;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.recipient.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));
    private static final Preferences NO_MAIL = Preferences.NONE.withChannels(Map.of("email", false));
    private static final Preferences QUIET_UNTIL_15 = Preferences.NONE.withQuietHours(
            new QuietHours(List.of(new QuietHours.Window(LocalTime.of(11, 0), LocalTime.of(15, 0)))));

    private final Reviewer reviewer = new Reviewer(GateChainTest.plain());

    @Test
    void what_has_had_its_time_goes_and_knows_by_what_it_was_judged() {
        var reviewed = review(delivery("email", null, null), Preferences.NONE);

        assertThat(reviewed.releases())
                .containsExactly(new ReleaseDecision.Release(
                        delivery("email", null, null), "alice@example.com", new DecisionBasis(7, null)));
        assertThat(reviewed.review())
                .isNotNull()
                .extracting(review -> review.verdict())
                .isEqualTo(Verdict.NOTIFY);
        assertThat(review(delivery("email", NOON, null), Preferences.NONE).releases())
                .hasOnlyElementsOfType(ReleaseDecision.Release.class);
    }

    @Test
    void what_has_to_wait_waits_on_whoever_changes_what_and_nothing_is_said_of_it() {
        var reviewed = review(delivery("email", LATER, null), Preferences.NONE);

        assertThat(reviewed.releases())
                .containsExactly(new ReleaseDecision.HoldAgain(delivery("email", LATER, null), new Hold(LATER, null)));
        assertThat(reviewed.review()).isNull();
    }

    @Test
    void it_waits_no_longer_than_it_is_of_use() {
        var expiring = new HeldDelivery(
                "d-email", "acme", "n-1", "cust-001", "email", "old@example.com", LATER.minusSeconds(60), LATER, null);

        assertThat(review(expiring, Preferences.NONE).releases())
                .containsExactly(new ReleaseDecision.HoldAgain(expiring, new Hold(LATER.minusSeconds(60), null)));
    }

    @Test
    void what_is_not_wanted_any_more_goes_out_of_its_wait_at_once() {
        var reviewed = review(delivery("email", LATER, null), NO_MAIL);

        assertThat(reviewed.releases()).hasOnlyElementsOfType(ReleaseDecision.Withdraw.class);
        assertThat(reviewed.review())
                .isNotNull()
                .extracting(review -> review.reason())
                .isEqualTo(Reason.UNSUBSCRIBED);
    }

    @Test
    void quiet_hours_hold_what_waits_already_and_are_said() {
        var reviewed = review(delivery("email", LATER, null), QUIET_UNTIL_15);

        assertThat(reviewed.releases())
                .containsExactly(new ReleaseDecision.HoldAgain(
                        delivery("email", LATER, null), new Hold(NOON.plus(Duration.ofHours(3)), "QUIET_HOURS")));
        assertThat(reviewed.review())
                .isNotNull()
                .extracting(review -> review.reason())
                .isEqualTo(Reason.QUIET_HOURS);
    }

    @Test
    void quiet_hours_that_are_over_leave_the_other_wait_and_that_is_said() {
        var reviewed = review(delivery("email", LATER, "QUIET_HOURS"), Preferences.NONE);

        assertThat(reviewed.releases())
                .containsExactly(
                        new ReleaseDecision.HoldAgain(delivery("email", LATER, "QUIET_HOURS"), new Hold(LATER, null)));
        assertThat(reviewed.review())
                .isNotNull()
                .returns(Verdict.DEFER, review -> review.verdict())
                .returns(LATER, review -> review.until());
    }

    @Test
    void of_one_notification_one_channel_may_go_while_another_waits() {
        var reviewed = reviewer.review(
                List.of(delivery("email", LATER, null), delivery("sms", null, null)),
                "ORDER_SHIPPED",
                alice(Preferences.NONE),
                NOON);

        assertThat(reviewed.releases())
                .hasExactlyElementsOfTypes(ReleaseDecision.HoldAgain.class, ReleaseDecision.Release.class);
        assertThat(reviewed.review())
                .isNotNull()
                .extracting(review -> review.verdict())
                .isEqualTo(Verdict.NOTIFY);
    }

    private Reviewer.Reviewed review(HeldDelivery delivery, Preferences preferences) {
        return reviewer.review(List.of(delivery), "ORDER_SHIPPED", alice(preferences), NOON);
    }

    private static HeldDelivery delivery(String channel, @Nullable Instant notBefore, @Nullable String holdReason) {
        return new HeldDelivery(
                "d-" + channel, "acme", "n-1", "cust-001", channel, "old@example.com", null, notBefore, holdReason);
    }

    private static Recipient alice(Preferences preferences) {
        return new Recipient(
                "cust-001", "Alice", "alice@example.com", "+12025550101", null, Map.of(), 1, preferences, List.of(), 7);
    }
}
