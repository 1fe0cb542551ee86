package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private static final RuleEvent PRICE = event(Map.of("productId", "p-1", "rank", 7L, "region", "north"));

    @Test
    void every_kind_of_audience_resolves_from_the_event() {
        // Then
        assertThat(ruleWith().evaluate(PRICE, Facts.none()).audience()).isEqualTo(new Audience.Subject("c-1"));
        assertThat(ruleWith("audience: subject").evaluate(PRICE, Facts.none()).audience())
                .isEqualTo(new Audience.Subject("c-1"));
        assertThat(ruleWith("audience: { cart: event.data.productId }")
                        .evaluate(PRICE, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Cart("p-1"));
        assertThat(ruleWith("audience: { wishlist: event.data.rank }")
                        .evaluate(PRICE, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Wishlist("7"));
        assertThat(ruleWith("audience: { segment: gold }")
                        .evaluate(PRICE, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Segment("gold"));
        assertThat(ruleWith("audience: { segment: 'gold-${event.data.region}' }")
                        .evaluate(PRICE, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Segment("gold-north"));
        assertThat(ruleWith("audience: { customers: [c-7, '${event.subject}'] }")
                        .evaluate(PRICE, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Customers(List.of("c-7", "c-1")));
    }

    @Test
    void an_event_that_does_not_say_whom_reaches_nobody_and_says_why() {
        // Given
        var nameless = event("e", null, Map.of());

        // Then
        assertThat(ruleWith().evaluate(nameless, Facts.none()).audience())
                .isEqualTo(new Audience.Nobody("the event has no subject"));
        assertThat(ruleWith("audience: { cart: event.data.productId }")
                        .evaluate(nameless, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Nobody("event.data.productId: no field 'productId'"));
        assertThat(ruleWith("audience: { segment: '${event.data.s}' }")
                        .evaluate(nameless, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Nobody("event.data.s: no field 's'"));
        assertThat(ruleWith("audience: { customers: ['${event.subject}'] }")
                        .evaluate(nameless, Facts.none())
                        .audience())
                .isEqualTo(new Audience.Nobody("event.subject: no field 'subject'"));
    }

    @Test
    void whom_an_event_certainly_does_not_concern_is_not_in_the_audience() {
        // Then
        assertThat(verdict(ruleWith(), "c-2"))
                .isEqualTo(GateResult.refused(Gate.AUDIENCE, Reason.NOT_IN_AUDIENCE, "the subject of the event"));
        assertThat(verdict(ruleWith("audience: { customers: [c-7] }"), "c-2"))
                .isEqualTo(GateResult.refused(Gate.AUDIENCE, Reason.NOT_IN_AUDIENCE, "the 1 customers the rule lists"));
        assertThat(verdict(ruleWith("audience: { cart: event.data.gone }"), "c-2"))
                .isEqualTo(GateResult.refused(
                        Gate.AUDIENCE, Reason.NOT_IN_AUDIENCE, "nobody: event.data.gone: no field 'gone'"));
    }

    @Test
    void who_was_found_in_cart_wishlist_or_segment_is_in_the_audience() {
        // Then
        assertThat(verdict(ruleWith("audience: { cart: event.data.productId }"), "c-2"))
                .isEqualTo(GateResult.passed(Gate.AUDIENCE, "customers with product p-1 in their cart"));
        assertThat(verdict(ruleWith("audience: { wishlist: event.data.productId }"), "c-2"))
                .isEqualTo(GateResult.passed(Gate.AUDIENCE, "customers with product p-1 on their wishlist"));
        assertThat(verdict(ruleWith("audience: { segment: gold }"), "c-2"))
                .isEqualTo(GateResult.passed(Gate.AUDIENCE, "customers in segment gold"));
    }

    @Test
    void the_caller_may_say_that_somebody_was_not_found_there() {
        // Given
        var rule = ruleWith("when: event.data.rank > 5", "audience: { cart: event.data.productId }");

        // When
        var outside = rule.evaluate(PRICE, Facts.none()).outsideAudience("c-2");
        var closed = rule.evaluate(event(Map.of("rank", 1L)), Facts.none()).outsideAudience(null);

        // Then
        assertThat(outside.reason()).isEqualTo(Reason.NOT_IN_AUDIENCE);
        assertThat(outside.gates()).extracting(GateResult::passed).containsExactly(true, false);
        assertThat(closed.reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(closed.customerId()).isNull();
    }

    private static GateResult verdict(Rule rule, String customerId) {
        var gates = rule.evaluate(PRICE, Facts.none())
                .decide(customer(customerId), NOON)
                .gates();
        return gates.get(gates.size() - 1);
    }
}
