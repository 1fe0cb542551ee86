package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.order;
import static dev.carillon.eventsourced.rule.RuleFixtures.orderOf;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.decision.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectTest {

    private static final RuleEvent SHIPPED =
            event(Map.of("orderId", "o-1", "lineItemId", "l-1", "newStatus", "SHIPPED"));
    private static final RuleEvent PLACED = event(Map.of("orderId", "o-1"));

    private final Rule rule = ruleWith(
            "collect: { by: event.data.orderId, item: event.data.lineItemId, value: event.data.newStatus, expect: order.lineItems }",
            "when: collected.all(status, status in ['SHIPPED', 'DELIVERED'])");

    @Test
    void an_event_adds_its_value_for_its_item_to_the_set_it_names() {
        // Then
        assertThat(rule.collects()).isTrue();
        assertThat(rule.collecting(SHIPPED)).contains(new Collected("o-1", "l-1", "SHIPPED"));
        assertThat(ruleWith().collects()).isFalse();
        assertThat(ruleWith().collecting(SHIPPED)).isEmpty();
    }

    @Test
    void an_event_without_the_item_or_its_value_only_looks_again() {
        // Then
        assertThat(rule.collecting(PLACED)).contains(new Collected("o-1", null, null));
        assertThat(rule.collecting(PLACED).orElseThrow().adds()).isFalse();
        assertThat(rule.collecting(event(Map.of("orderId", "o-1", "lineItemId", "l-1")))
                        .orElseThrow()
                        .adds())
                .isFalse();
        assertThatThrownBy(() -> new Collected("o-1", "l-1", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_event_that_names_no_set_adds_nothing_and_does_not_open() {
        // Given
        var nameless = event(Map.of("lineItemId", "l-1", "newStatus", "SHIPPED"));

        // When
        var gate = rule.evaluate(nameless, orderOf(List.of("l-1"), Map.of("l-1", "SHIPPED")))
                .opens();

        // Then
        assertThat(rule.collecting(nameless)).isEmpty();
        assertThat(gate.reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(gate.detail()).isEqualTo("event.data.orderId: no field 'orderId'");
    }

    @Test
    void opens_when_every_expected_item_satisfies_the_condition() {
        // When
        var gate = rule.evaluate(SHIPPED, orderOf(List.of("l-1", "l-2"), Map.of("l-1", "SHIPPED", "l-2", "DELIVERED")))
                .opens();

        // Then
        assertThat(gate.passed()).isTrue();
        assertThat(gate.detail()).isEqualTo("2 of 2");
    }

    @Test
    void waits_and_says_how_far_it_is() {
        // Then
        assertThat(rule.evaluate(SHIPPED, orderOf(List.of("l-1", "l-2"), Map.of("l-1", "SHIPPED")))
                        .opens())
                .extracting(EventGate::reason, EventGate::detail)
                .containsExactly(Reason.AWAITING_CORRELATION, "1 of 2");
        assertThat(rule.evaluate(SHIPPED, orderOf(List.of("l-1", "l-2"), Map.of("l-1", "PACKED", "l-2", "SHIPPED")))
                        .opens())
                .extracting(EventGate::detail)
                .isEqualTo("1 of 2");
        assertThat(rule.evaluate(PLACED, orderOf(List.of("l-1", "l-2", "l-3"), Map.of()))
                        .opens())
                .extracting(EventGate::detail)
                .isEqualTo("0 of 3");
    }

    @Test
    void as_long_as_nobody_knows_what_to_expect_nothing_is_complete() {
        // Then
        assertThat(rule.evaluate(SHIPPED, new Facts(Map.of(), Map.of(), Map.of("l-1", "SHIPPED")))
                        .opens())
                .extracting(EventGate::reason, EventGate::detail)
                .containsExactly(Reason.AWAITING_CORRELATION, "order.lineItems: no field 'lineItems'");
        assertThat(rule.evaluate(SHIPPED, orderOf(List.of(), Map.of("l-1", "SHIPPED")))
                        .opens())
                .extracting(EventGate::reason, EventGate::detail)
                .containsExactly(Reason.AWAITING_CORRELATION, "order.lineItems: no items");
        assertThat(rule.evaluate(SHIPPED, order(Map.of("lineItems", "l-1")))
                        .opens()
                        .detail())
                .isEqualTo("order.lineItems: no items");
        assertThat(rule.evaluate(SHIPPED, order(Map.of("lineItems", List.of(Map.of("sku", "x")))))
                        .opens()
                        .detail())
                .isEqualTo("order.lineItems: an item without an id");
    }

    @Test
    void items_nobody_expects_do_not_count() {
        // When
        var gate = rule.evaluate(SHIPPED, orderOf(List.of("l-1"), Map.of("l-1", "SHIPPED", "l-9", "PACKED")))
                .opens();

        // Then
        assertThat(gate.detail()).isEqualTo("1 of 1");
    }

    @Test
    void expected_items_may_be_plain_ids_and_count_once() {
        // When
        var facts = new Facts(
                Map.of("lineItems", List.of("l-1", "l-1", 2)), Map.of(), Map.of("l-1", "SHIPPED", "2", "SHIPPED"));

        // Then
        assertThat(rule.evaluate(SHIPPED, facts).opens().detail()).isEqualTo("2 of 2");
    }

    @Test
    void context_and_key_of_a_decision_see_what_was_collected() {
        // Given
        var counting = ruleWith(
                "collect: { by: event.data.orderId, item: event.data.lineItemId, value: event.data.newStatus, expect: order.lineItems }",
                "when: collected.all(s, s == 'SHIPPED')",
                "notify: { type: T, context: { count: size(collected) } }",
                "once: 'order/${event.data.orderId}/${size(collected)}'");

        // When
        var decision = (Decision.Notify)
                counting.evaluate(SHIPPED, orderOf(List.of("l-1", "l-2"), Map.of("l-1", "SHIPPED", "l-2", "SHIPPED")))
                        .decide(customer("c-1"), NOON);

        // Then
        assertThat(decision.context()).isEqualTo(Map.of("count", 2L));
        assertThat(decision.businessKey()).isEqualTo("order/o-1/2");
    }

    @Test
    void a_decision_before_completion_is_awaiting_correlation() {
        // When
        var decision = rule.evaluate(SHIPPED, orderOf(List.of("l-1", "l-2"), Map.of("l-1", "SHIPPED")))
                .decide(customer("c-1"), NOON);

        // Then
        assertThat(((Decision.Ignore) decision).reason()).isEqualTo(Reason.AWAITING_CORRELATION);
    }
}
