package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CEL counts in doubles; a number a rule only hands on is the one that was sent, to the last digit. */
class SentNumbersTest {

    private static final BigDecimal SENT = new BigDecimal("12345678901234567.89");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.data.amount",
                "event.data['amount']",
                "event.data.order.total",
                "event.data.prices[0]",
                "event.data.order['total']"
            })
    void what_is_only_pointed_at_keeps_its_digits(String expression) {
        assertThat(context("{ amount: \"" + expression + "\" }")).containsEntry("amount", SENT);
    }

    @Test
    void lists_and_maps_are_handed_on_as_they_came() {
        assertThat(context("{ order: event.data.order, prices: event.data.prices }"))
                .isEqualTo(Map.of("order", Map.of("total", SENT), "prices", List.of(SENT)));
    }

    @Test
    void what_is_calculated_is_calculated_in_doubles() {
        assertThat(context("{ more: event.data.small * 2.0, where: \"event.data.missing\" }"))
                .isEqualTo(Map.of("more", 0.2));
    }

    @Test
    void a_business_key_has_all_digits_too() {
        var decision = ruleWith("once: \"p/${event.data.amount}\"")
                .evaluate(sent(), Facts.none())
                .decide(customer("c-1"), NOON);

        assertThat(((Decision.Notify) decision).businessKey()).isEqualTo("p/12345678901234567.89");
    }

    @Test
    void conditions_see_numbers_as_ever() {
        assertThat(ruleWith("when: event.data.small < 0.2 && event.data.amount > 1000")
                        .evaluate(sent(), Facts.none())
                        .opens()
                        .passed())
                .isTrue();
    }

    private static Map<String, Object> context(String context) {
        var rule = ruleWith("notify: { type: T, context: " + context + " }");
        return ((Decision.Notify) rule.evaluate(sent(), Facts.none()).decide(customer("c-1"), NOON)).context();
    }

    private static RuleEvent sent() {
        return event(Map.of(
                "amount",
                SENT,
                "small",
                new BigDecimal("0.1"),
                "order",
                Map.of("total", SENT),
                "prices",
                List.of(SENT)));
    }
}
