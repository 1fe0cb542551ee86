package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.orderOf;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeoutTest {

    private static final List<String> LINES = List.of("l-1", "l-2", "l-3", "l-4");
    private static final Facts THREE_OF_FOUR =
            orderOf(LINES, Map.of("l-1", "SHIPPED", "l-2", "SHIPPED", "l-3", "SHIPPED", "l-9", "SHIPPED"));

    private final RuleEvent heard = event(Map.of("orderId", "o-1", "lineItemId", "l-1", "newStatus", "SHIPPED"));

    @Test
    void a_rule_says_how_long_a_set_may_stay_incomplete() {
        // Then
        assertThat(collecting("").timeout()).isEmpty();
        assertThat(collecting(", timeout: { after: PT72H }").timeout()).contains(Duration.ofHours(72));
    }

    @Test
    void a_set_that_is_not_complete_in_time_is_ignored_with_how_far_it_got() {
        // When
        var decision = collecting(", timeout: { after: PT72H }")
                .evaluate(heard, THREE_OF_FOUR)
                .timedOut(customer("c-1"), NOON);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Ignore.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.CORRELATION_TIMEOUT);
            assertThat(no.detail()).isEqualTo("3 of 4");
            assertThat(no.gates()).extracting(GateResult::name).containsExactly("timeout");
        });
    }

    @Test
    void or_it_is_told_of_as_another_fact_than_the_complete_set() {
        // Given
        var rule = collecting(
                ", timeout: { after: PT72H, notify: { type: LATE, category: c, channels: [email], context: { left: \"size(collected)\" } } }");

        // When
        var told = (Decision.Notify) rule.evaluate(heard, THREE_OF_FOUR).timedOut(customer("c-1"), NOON);

        // Then
        assertThat(told.type()).isEqualTo("LATE");
        assertThat(told.channels()).containsExactly("email");
        assertThat(told.context()).isEqualTo(Map.of("left", 4L));
        assertThat(told.businessKey()).isEqualTo("o/o-1/timeout");
        assertThat(told.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("timeout", "audience");
        assertThat(rule.targets())
                .containsExactly(
                        new NotifyTarget("T", null, List.of()), new NotifyTarget("LATE", "c", List.of("email")));
    }

    @Test
    void a_set_that_became_complete_has_no_timeout() {
        // Given
        var complete = orderOf(List.of("l-1"), Map.of("l-1", "SHIPPED"));

        // When
        var decision = collecting(", timeout: { after: PT72H, notify: { type: LATE } }")
                .evaluate(heard, complete)
                .timedOut(customer("c-1"), NOON);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Ignore.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.CONDITION_FALSE);
            assertThat(no.detail()).isEqualTo("1 of 1, complete in time");
        });
    }

    @Test
    void the_facts_of_a_timeout_are_loaded_too() {
        // Then
        assertThat(collecting(", timeout: { after: PT72H, notify: { type: LATE, context: { n: customer.name } } }")
                        .facts())
                .containsExactlyInAnyOrder(Fact.ORDER, Fact.CUSTOMER);
    }

    private static Rule collecting(String timeout) {
        return ruleWith(
                "collect: { by: event.data.orderId, item: event.data.lineItemId, value: event.data.newStatus, expect: order.lineItems"
                        + timeout + " }",
                "when: collected.all(status, status == 'SHIPPED')",
                "expires: PT1H",
                "once: \"o/${event.data.orderId}\"");
    }
}
