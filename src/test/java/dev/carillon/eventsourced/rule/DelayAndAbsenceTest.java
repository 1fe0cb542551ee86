package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.goldCustomer;
import static dev.carillon.eventsourced.rule.RuleFixtures.happened;
import static dev.carillon.eventsourced.rule.RuleFixtures.order;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.rule.Decision.Wait.WaitKind;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DelayAndAbsenceTest {

    private static final Instant RECORDED = NOON.plusSeconds(30);
    private static final Instant LATER = NOON.plus(Duration.ofHours(1)).plusSeconds(30);

    private final RuleEvent armed = happened("ev-1", "e", "c-1", NOON, Map.of("orderId", "o-1"));

    @Test
    void a_delay_counts_from_when_the_event_was_recorded() {
        // Given
        var rule = ruleWith("delay: PT1H", "once: 'k/${event.id}'");

        // When
        var wait = (Decision.Wait) rule.evaluate(armed, Facts.none()).decide(customer("c-1"), RECORDED);

        // Then
        assertThat(rule.delay()).contains(Duration.ofHours(1));
        assertThat(rule.rechecks()).isFalse();
        assertThat(wait)
                .isEqualTo(new Decision.Wait(
                        rule.ref(),
                        "c-1",
                        WaitKind.DELAY,
                        LATER,
                        null,
                        Map.of(),
                        null,
                        List.of(
                                GateResult.passed(Gate.WHEN, "no condition"),
                                GateResult.passed(Gate.AUDIENCE, "the subject of the event"),
                                GateResult.passed(Gate.DELAY, "until 2026-03-01T13:00:30Z"))));
    }

    @Test
    void what_is_refused_does_not_wait() {
        // When
        var refused = ruleWith("delay: PT1H", "where: customer.segment == 'gold'")
                .evaluate(armed, Facts.none())
                .decide(customer("c-1"), RECORDED);

        // Then
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Decision.Ignore.class, no -> assertThat(no.reason()).isEqualTo(Reason.NOT_ELIGIBLE));
    }

    @Test
    void a_delay_that_ends_is_told_without_asking_again() {
        // Given
        var rule = ruleWith("delay: PT1H", "when: order.open == true", "once: 'k/${event.id}'");

        // When
        var told = (Decision.Notify)
                rule.evaluate(armed, order(Map.of("open", false))).release(customer("c-1"), LATER, null);

        // Then
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("delay");
        assertThat(told.businessKey()).isEqualTo("k/ev-1");
    }

    @Test
    void with_recheck_every_condition_is_asked_again_on_what_is_known_by_then() {
        // Given
        var rule = ruleWith(
                "delay: PT1H", "recheck: true", "when: order.open == true", "where: customer.segment == 'gold'");

        // When
        var told = rule.evaluate(armed, order(Map.of("open", true))).release(goldCustomer("c-1"), LATER, null);
        var closed = rule.evaluate(armed, order(Map.of("open", false))).release(goldCustomer("c-1"), LATER, null);
        var demoted = rule.evaluate(armed, order(Map.of("open", true))).release(customer("c-1"), LATER, null);

        // Then
        assertThat(rule.rechecks()).isTrue();
        assertThat(told).isInstanceOf(Decision.Notify.class);
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("delay", "when", "audience", "where");
        assertThat(reason(closed)).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(reason(demoted)).isEqualTo(Reason.NOT_ELIGIBLE);
    }

    @Test
    void an_absence_counts_from_when_the_event_happened() {
        // Given
        var rule = ruleWith("absence: { event: s, for: PT48H }");

        // When
        var wait = (Decision.Wait) rule.evaluate(armed, Facts.none()).decide(customer("c-1"), RECORDED);

        // Then
        assertThat(wait.kind()).isEqualTo(WaitKind.ABSENCE);
        assertThat(wait.until())
                .isEqualTo(NOON.plus(Duration.ofHours(48)))
                .isEqualTo(rule.absence().orElseThrow().until(armed));
        assertThat(wait.gates().get(2)).isEqualTo(GateResult.passed(Gate.ABSENCE, "until 2026-03-03T12:00:00Z"));
    }

    @Test
    void an_absence_is_ended_by_the_right_event_in_time_however_late_it_is_heard() {
        // Given
        var absence = ruleWith("absence: { event: s, for: PT48H, when: \"event.data.n == 1\", by: event.data.orderId }")
                .absence()
                .orElseThrow();
        var deadline = absence.until(armed);

        // Then
        assertThat(absence.events()).containsExactly("s");
        assertThat(absence.pairs(armed, shipped("c-1", NOON, "o-1", 1))).isTrue();
        assertThat(absence.pairs(armed, shipped("c-1", deadline.minusNanos(1), "o-1", 1)))
                .isTrue();
        assertThat(absence.pairs(armed, shipped("c-1", deadline, "o-1", 1))).isFalse();
        assertThat(absence.pairs(armed, shipped("c-1", NOON.minusNanos(1), "o-1", 1)))
                .isFalse();
        assertThat(absence.pairs(armed, shipped("c-2", NOON, "o-1", 1))).isFalse();
        assertThat(absence.pairs(armed, shipped("c-1", NOON, "o-2", 1))).isFalse();
        assertThat(absence.pairs(armed, shipped("c-1", NOON, "o-1", 2))).isFalse();
        assertThat(absence.pairs(armed, happened("ev-2", "t", "c-1", NOON, Map.of("orderId", "o-1", "n", 1L))))
                .isFalse();
    }

    @Test
    void an_event_does_not_end_the_absence_it_arms() {
        // Then
        assertThat(ruleWith("absence: { event: e, for: PT48H }")
                        .absence()
                        .orElseThrow()
                        .pairs(armed, armed))
                .isFalse();
    }

    @Test
    void an_absence_is_told_of_when_nothing_came_and_not_when_something_did() {
        // Given
        var rule = ruleWith("absence: { event: [s, t], for: PT48H }");
        var deadline = NOON.plus(Duration.ofHours(48));

        // When
        var told = rule.evaluate(armed, Facts.none()).release(customer("c-1"), deadline, null);
        var ended =
                rule.evaluate(armed, Facts.none()).release(customer("c-1"), deadline, shipped("c-1", NOON, "o-1", 1));

        // Then
        assertThat(told.gates()).containsExactly(GateResult.passed(Gate.ABSENCE, "s or t was not heard within PT48H"));
        assertThat(reason(ended)).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(((Decision.Ignore) ended).detail()).isEqualTo("s was heard");
    }

    @Test
    void an_absence_may_be_rechecked_too() {
        // Given
        var rule = ruleWith("absence: { event: s, for: PT48H }", "recheck: true", "when: order.open == true");

        // Then
        assertThat(reason(rule.evaluate(armed, order(Map.of("open", false))).release(customer("c-1"), LATER, null)))
                .isEqualTo(Reason.CONDITION_FALSE);
    }

    @Test
    void what_has_expired_when_it_is_decided_is_refused() {
        // Given
        var rule = ruleWith("expires: PT2H");
        var inTime = NOON.plus(Duration.ofHours(2)).minusNanos(1);

        // When
        var told = (Decision.Notify) rule.evaluate(armed, Facts.none()).decide(customer("c-1"), inTime);
        var late = rule.evaluate(armed, Facts.none()).decide(customer("c-1"), inTime.plusNanos(1));

        // Then
        assertThat(told.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("when", "audience", "expires");
        assertThat(reason(late)).isEqualTo(Reason.EXPIRED);
        assertThat(((Decision.Ignore) late).detail()).isEqualTo("expired at 2026-03-01T14:00:00Z");
    }

    @Test
    void what_expires_while_it_waits_is_refused_when_it_is_released() {
        // Given
        var rule = ruleWith("delay: PT1H", "expires: PT2H");

        // Then
        assertThat(rule.evaluate(armed, Facts.none())
                        .release(customer("c-1"), LATER, null)
                        .gates())
                .extracting(GateResult::name)
                .containsExactly("delay", "expires");
        assertThat(reason(rule.evaluate(armed, Facts.none())
                        .release(customer("c-1"), NOON.plus(Duration.ofHours(3)), null)))
                .isEqualTo(Reason.EXPIRED);
    }

    private static RuleEvent shipped(String customerId, Instant at, String order, long n) {
        return happened("ev-2", "s", customerId, at, Map.of("orderId", order, "n", n));
    }

    private static Reason reason(Decision decision) {
        return ((Decision.Ignore) decision).reason();
    }
}
