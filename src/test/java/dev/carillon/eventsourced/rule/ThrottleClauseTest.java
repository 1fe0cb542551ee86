package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThrottleClauseTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void one_is_the_usual_and_a_duration_slides_unless_it_is_fixed() {
        // Then
        assertThat(throttle("c-1", "throttle: { per: calendar-day }"))
                .isEqualTo(new Throttle("r/c-1", 1, ThrottleWindow.calendarDay()));
        assertThat(throttle("c-1", "throttle: { max: 3, per: PT1H }"))
                .isEqualTo(new Throttle("r/c-1", 3, ThrottleWindow.sliding(HOUR)));
        assertThat(throttle("c-1", "throttle: { per: PT1H, kind: sliding }").window())
                .isEqualTo(ThrottleWindow.sliding(HOUR));
        assertThat(throttle("c-1", "throttle: { per: PT1H, kind: fixed }").window())
                .isEqualTo(ThrottleWindow.fixed(HOUR));
    }

    @Test
    void what_by_says_is_counted_apart() {
        // Then
        assertThat(throttle("c-1", "throttle: { per: PT1H, by: 'card ${event.data.card}' }")
                        .key())
                .isEqualTo("r/c-1/card 7");
    }

    @Test
    void no_customer_can_be_mistaken_for_another_and_what_goes_to_ourselves_is_counted_together() {
        // Then
        assertThat(throttle("a/b", "throttle: { per: PT1H }").key()).isEqualTo("r/a%2Fb");
        assertThat(throttle("@internal", "throttle: { per: PT1H }").key()).isEqualTo("r/%40internal");
        assertThat(throttle("c-1", "throttle: { per: PT1H }", "notify: { type: T, to: internal }")
                        .key())
                .isEqualTo("r/@internal");
        assertThat(throttle("c-1", "throttle: { per: PT1H, by: '${customer.id}' }", "notify: { type: T, to: internal }")
                        .key())
                .isEqualTo("r/@internal/c-1");
    }

    @Test
    void a_key_that_cannot_be_worded_stops_the_notification() {
        // When
        var decision = ruleWith("throttle: { per: PT1H, by: '${event.data.gone}' }")
                .evaluate(event(Map.of()), Facts.none())
                .decide(customer("c-1"), NOON);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Ignore.class, no -> assertThat(no.reason()).isEqualTo(Reason.VARIABLE_MISSING));
        assertThat(decision.gates().get(2).name()).isEqualTo("throttle");
    }

    private static Throttle throttle(String customerId, String... lines) {
        var decision = ruleWith(lines)
                .evaluate(event("e", customerId, Map.of("card", 7L)), Facts.none())
                .decide(customer(customerId), NOON);
        return ((Decision.Notify) decision).throttle();
    }
}
