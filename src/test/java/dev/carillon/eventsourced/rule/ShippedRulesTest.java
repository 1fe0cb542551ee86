package dev.carillon.eventsourced.rule;

import dev.carillon.notification.Priority;
import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.goldCustomer;
import static dev.carillon.eventsourced.rule.RuleFixtures.orderOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.notification.tracking.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule files that come with the service, as they are. */
class ShippedRulesTest {

    private final RuleBook book = RuleFixtures.shippedRules();

    @Test
    void the_five_stories_each_have_their_rule() {
        // Then
        assertThat(book.rules()).extracting(Rule::id, Rule::type, Rule::category, Rule::priority).containsExactly(
                tuple("order-shipped", "ORDER_SHIPPED", "order_updates", Priority.NORMAL),
                tuple("order-complete", "ORDER_COMPLETE", "order_updates", Priority.NORMAL),
                tuple("price-drop-alert", "PRICE_DROP_ALERT", "price_alerts", Priority.NORMAL),
                tuple("payment-failed", "PAYMENT_FAILED", "payment_alerts", Priority.HIGH),
                tuple("wishlist-sale", "WISHLIST_SALE", "promotions", Priority.LOW));
    }

    @Test
    void each_loads_only_the_facts_it_mentions() {
        // Then
        assertThat(rule("order-shipped").facts()).isEmpty();
        assertThat(rule("order-complete").facts()).containsExactly(Fact.ORDER);
        assertThat(rule("price-drop-alert").facts()).containsExactly(Fact.CUSTOMER);
        assertThat(rule("payment-failed").facts()).isEmpty();
        assertThat(rule("wishlist-sale").facts()).isEmpty();
    }

    @Test
    void an_order_that_ships_is_told_to_its_customer_once() {
        // Given
        var shipped = event("ordering.order-status-changed", "c-1", Map.of(
                "orderId", "o-1", "customerId", "c-1", "oldStatus", "PACKED", "newStatus", "SHIPPED", "trackingNumber", "1Z"));

        // When
        var told = notify("order-shipped", shipped, Facts.none(), customer("c-1"));

        // Then
        assertThat(told.type()).isEqualTo("ORDER_SHIPPED");
        assertThat(told.businessKey()).isEqualTo("order/o-1/shipped");
        assertThat(told.context()).containsEntry("orderId", "o-1").containsEntry("trackingNumber", "1Z");
    }

    @Test
    void an_order_that_does_anything_else_is_not_told() {
        // When
        var gate = rule("order-shipped").opens(
                event("ordering.order-status-changed", "c-1", Map.of("orderId", "o-1", "newStatus", "DELIVERED")), Facts.none());

        // Then
        assertThat(gate.reason()).isEqualTo(Reason.CONDITION_FALSE);
    }

    @Test
    void a_failed_payment_is_told_urgently() {
        // Given
        var failed = event("billing.payment-failed", "c-1", Map.of(
                "paymentId", "pay-1", "orderId", "o-1", "customerId", "c-1", "amount", 89.9, "currency", "EUR",
                "failureReason", "INSUFFICIENT_FUNDS", "attemptNumber", 2L));

        // When
        var told = notify("payment-failed", failed, Facts.none(), customer("c-1"));

        // Then
        assertThat(told.priority()).isEqualTo(Priority.HIGH);
        assertThat(told.businessKey()).isEqualTo("payment/pay-1/failed/2");
        assertThat(told.context()).containsKeys("amount", "currency", "failureReason", "attemptNumber");
    }

    @Test
    void a_price_drop_is_told_to_gold_and_platinum_customers_with_the_product_in_the_cart() {
        // Given
        var drop = price(149.99, 119.99);

        // When
        var told = notify("price-drop-alert", drop, Facts.none(), goldCustomer("c-1"));

        // Then
        assertThat(rule("price-drop-alert").audienceOf(drop)).isEqualTo(new Audience.Cart("p-1"));
        assertThat(told.businessKey()).isEqualTo("price-drop/p-1/149.99-119.99/c-1");
        assertThat(told.context()).containsKeys("productName", "oldPrice", "newPrice", "currency");
    }

    @Test
    void a_price_that_does_not_drop_is_told_to_nobody() {
        // Then
        assertThat(rule("price-drop-alert").opens(price(119.99, 149.99), Facts.none()).passed()).isFalse();
        assertThat(rule("price-drop-alert").opens(price(120.0, 120L), Facts.none()).passed()).isFalse();
        assertThat(rule("price-drop-alert").opens(price(120.5, 120L), Facts.none()).passed()).isTrue();
    }

    @Test
    void a_price_drop_is_not_for_other_segments() {
        // When
        var decision = rule("price-drop-alert")
                .decide(price(149.99, 119.99), Facts.none(), Map.of("id", "c-1", "segment", "silver"), NOON);

        // Then
        assertThat(((Decision.Ignore) decision).reason()).isEqualTo(Reason.NOT_ELIGIBLE);
    }

    @Test
    void an_order_is_complete_with_its_last_line_or_with_the_late_news_of_which_lines_there_are() {
        // Given
        var heard = Map.<String, Object>of("l-1", "SHIPPED", "l-2", "DELIVERED");
        var line = event("ordering.line-item-status-changed", "c-1", Map.of(
                "orderId", "o-1", "customerId", "c-1", "lineItemId", "l-2", "productId", "p-2", "newStatus", "DELIVERED"));
        var placed = event("ordering.order-placed", "c-1", Map.of("orderId", "o-1", "customerId", "c-1"));

        // When
        var byLine = notify("order-complete", line, orderOf(List.of("l-1", "l-2"), heard), customer("c-1"));
        var byOrder = notify("order-complete", placed, orderOf(List.of("l-1", "l-2"), heard), customer("c-1"));

        // Then
        assertThat(byLine.businessKey()).isEqualTo("order/o-1/complete").isEqualTo(byOrder.businessKey());
        assertThat(byLine.context()).isEqualTo(Map.of("orderId", "o-1", "itemCount", 2L)).isEqualTo(byOrder.context());
    }

    @Test
    void a_sale_is_told_to_everyone_with_the_product_on_the_wishlist() {
        // Given
        var data = new HashMap<String, Object>(Map.of(
                "promotionId", "promo-1", "name", "Spring sale", "productId", "p-1", "productName", "Router",
                "discountPercent", 20L, "originalPrice", 100.0, "salePrice", 80.0, "currency", "EUR"));
        data.put("startsAt", "2026-03-01T00:00:00Z");
        data.put("endsAt", "2026-03-08T00:00:00Z");
        var sale = event("promotions.promotion-created", null, data);

        // When
        var told = notify("wishlist-sale", sale, Facts.none(), customer("c-3"));

        // Then
        assertThat(rule("wishlist-sale").audienceOf(sale)).isEqualTo(new Audience.Wishlist("p-1"));
        assertThat(told.businessKey()).isEqualTo("promotion/promo-1/c-3");
        assertThat(told.context()).containsOnlyKeys(
                        "productName", "promotionName", "discountPercent", "salePrice", "originalPrice", "currency", "endsAt")
                .containsEntry("promotionName", "Spring sale");
    }

    private Rule rule(String id) {
        return book.rule(id).orElseThrow();
    }

    private Decision.Notify notify(String id, RuleEvent event, Facts facts, Map<String, Object> customer) {
        assertThat(book.listeningTo(event.type())).contains(rule(id));
        assertThat(rule(id).opens(event, facts).passed()).isTrue();
        return (Decision.Notify) rule(id).decide(event, facts, customer, NOON);
    }

    private static RuleEvent price(Object from, Object to) {
        return event("pricing.price-changed", null, Map.of(
                "productId", "p-1", "productName", "Router", "oldPrice", from, "newPrice", to, "currency", "EUR"));
    }
}
