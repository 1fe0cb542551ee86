package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that rules make of events: what no index can hold is no key, and only that rule's decision says so. */
class KeyTextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "once: '${event.data.key}'",
                "once: 'a ${event.data.key} b ${event.data.key}'",
                "throttle: { per: PT1H, by: '${event.data.key}' }",
                "digest: { wait: PT1M, by: '${event.data.key}' }"
            })
    void a_key_that_is_too_long_stops_the_notification(String line) {
        // When
        var decision = decided(line, "x".repeat(401));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Ignore.class, no -> assertThat(no.reason()).isEqualTo(Reason.VARIABLE_MISSING));
        assertThat(decision.gates())
                .extracting(GateResult::detail)
                .anySatisfy(detail -> assertThat(detail)
                        .contains("401 characters, and a key has 400 at most")
                        .doesNotContain("xxx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\ud83d"})
    void a_key_that_cannot_be_stored_stops_the_notification(String key) {
        // Then
        assertThat(decided("once: '${event.data.key}'", key)).isInstanceOf(Decision.Ignore.class);
    }

    @Test
    void a_key_may_have_as_many_characters_as_one_at_the_api() {
        // Then
        assertThat(decided("once: '${event.data.key}'", "x".repeat(400))).isInstanceOf(Decision.Notify.class);
    }

    private static Decision decided(String line, String key) {
        return ruleWith(line)
                .evaluate(event("e", "c-1", Map.of("key", key)), Facts.none())
                .decide(customer("c-1"), NOON);
    }
}
