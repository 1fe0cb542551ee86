package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.goldCustomer;
import static dev.carillon.eventsourced.rule.RuleFixtures.orderOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule files that come with the service, as they are. */
class ShippedRulesTest {

    private final RuleBook book = RuleFixtures.shippedRules();

    @Test
    void every_story_has_its_rule() {
        // Then
        assertThat(book.rules())
                .extracting(Rule::id, Rule::type, Rule::category, Rule::priority)
                .containsExactly(
                        tuple("order-shipped", "ORDER_SHIPPED", "order_updates", Priority.NORMAL),
                        tuple("order-complete", "ORDER_COMPLETE", "order_updates", Priority.NORMAL),
                        tuple("price-drop-alert", "PRICE_DROP_ALERT", "price_alerts", Priority.NORMAL),
                        tuple("payment-failed", "PAYMENT_FAILED", "payment_alerts", Priority.HIGH),
                        tuple("wishlist-sale", "WISHLIST_SALE", "promotions", Priority.LOW),
                        tuple("welcome-email", "WELCOME_EMAIL", "onboarding", Priority.NORMAL),
                        tuple("bank-link-nudge-sms", "BANK_LINK_NUDGE_SMS", "onboarding", Priority.NORMAL),
                        tuple(
                                "insufficient-funds-email",
                                "INSUFFICIENT_FUNDS_EMAIL",
                                "payment_alerts",
                                Priority.NORMAL),
                        tuple("high-risk-alert", "HIGH_RISK_ALERT", "internal", Priority.HIGH),
                        tuple("card-payments-summary", "CARD_PAYMENTS_SUMMARY", "account_activity", Priority.LOW));
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
        var shipped = event(
                "ordering.order-status-changed",
                "c-1",
                Map.of(
                        "orderId",
                        "o-1",
                        "customerId",
                        "c-1",
                        "oldStatus",
                        "PACKED",
                        "newStatus",
                        "SHIPPED",
                        "trackingNumber",
                        "1Z"));

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
        var gate = rule("order-shipped")
                .evaluate(
                        event(
                                "ordering.order-status-changed",
                                "c-1",
                                Map.of("orderId", "o-1", "newStatus", "DELIVERED")),
                        Facts.none())
                .opens();

        // Then
        assertThat(gate.reason()).isEqualTo(Reason.CONDITION_FALSE);
    }

    @Test
    void a_failed_payment_is_told_urgently() {
        // Given
        var failed = event(
                "billing.payment-failed",
                "c-1",
                Map.of(
                        "paymentId",
                        "pay-1",
                        "orderId",
                        "o-1",
                        "customerId",
                        "c-1",
                        "amount",
                        89.9,
                        "currency",
                        "EUR",
                        "failureReason",
                        "INSUFFICIENT_FUNDS",
                        "attemptNumber",
                        2L));

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
        assertThat(rule("price-drop-alert").evaluate(drop, Facts.none()).audience())
                .isEqualTo(new Audience.Cart("p-1"));
        assertThat(told.businessKey()).isEqualTo("price-drop/p-1/149.99-119.99/c-1");
        assertThat(told.context()).containsKeys("productName", "oldPrice", "newPrice", "currency");
    }

    @Test
    void a_price_that_does_not_drop_is_told_to_nobody() {
        // Then
        assertThat(rule("price-drop-alert")
                        .evaluate(price(119.99, 149.99), Facts.none())
                        .opens()
                        .passed())
                .isFalse();
        assertThat(rule("price-drop-alert")
                        .evaluate(price(120.0, 120L), Facts.none())
                        .opens()
                        .passed())
                .isFalse();
        assertThat(rule("price-drop-alert")
                        .evaluate(price(120.5, 120L), Facts.none())
                        .opens()
                        .passed())
                .isTrue();
    }

    @Test
    void a_price_drop_is_not_for_other_segments() {
        // When
        var decision = rule("price-drop-alert")
                .evaluate(price(149.99, 119.99), Facts.none())
                .decide(Map.of("id", "c-1", "segment", "silver"), NOON);

        // Then
        assertThat(((Decision.Ignore) decision).reason()).isEqualTo(Reason.NOT_ELIGIBLE);
    }

    @Test
    void an_order_is_complete_with_its_last_line_or_with_the_late_news_of_which_lines_there_are() {
        // Given
        var heard = Map.<String, Object>of("l-1", "SHIPPED", "l-2", "DELIVERED");
        var line = event(
                "ordering.line-item-status-changed",
                "c-1",
                Map.of(
                        "orderId",
                        "o-1",
                        "customerId",
                        "c-1",
                        "lineItemId",
                        "l-2",
                        "productId",
                        "p-2",
                        "newStatus",
                        "DELIVERED"));
        var placed = event("ordering.order-placed", "c-1", Map.of("orderId", "o-1", "customerId", "c-1"));

        // When
        var byLine = notify("order-complete", line, orderOf(List.of("l-1", "l-2"), heard), customer("c-1"));
        var byOrder = notify("order-complete", placed, orderOf(List.of("l-1", "l-2"), heard), customer("c-1"));

        // Then
        assertThat(byLine.businessKey()).isEqualTo("order/o-1/complete").isEqualTo(byOrder.businessKey());
        assertThat(byLine.context())
                .isEqualTo(Map.of("orderId", "o-1", "itemCount", 2L))
                .isEqualTo(byOrder.context());
    }

    @Test
    void a_sale_is_told_to_everyone_with_the_product_on_the_wishlist() {
        // Given
        var data = new HashMap<String, Object>(Map.of(
                "promotionId",
                "promo-1",
                "name",
                "Spring sale",
                "productId",
                "p-1",
                "productName",
                "Router",
                "discountPercent",
                20L,
                "originalPrice",
                100.0,
                "salePrice",
                80.0,
                "currency",
                "EUR"));
        data.put("startsAt", "2026-03-01T00:00:00Z");
        data.put("endsAt", "2026-03-08T00:00:00Z");
        var sale = event("promotions.promotion-created", null, data);

        // When
        var told = notify("wishlist-sale", sale, Facts.none(), customer("c-3"));

        // Then
        assertThat(rule("wishlist-sale").evaluate(sale, Facts.none()).audience())
                .isEqualTo(new Audience.Wishlist("p-1"));
        assertThat(told.businessKey()).isEqualTo("promotion/promo-1/c-3");
        assertThat(told.context())
                .containsOnlyKeys(
                        "productName",
                        "promotionName",
                        "discountPercent",
                        "salePrice",
                        "originalPrice",
                        "currency",
                        "endsAt")
                .containsEntry("promotionName", "Spring sale");
    }

    @Test
    void an_order_is_complete_without_what_was_cancelled_and_with_what_came_back() {
        // Given
        var heard = Map.<String, Object>of("l-1", "SHIPPED", "l-2", "RETURNED", "l-3", "PACKED");
        var cancelled = event(
                "ordering.line-item-cancelled",
                "c-1",
                Map.of("orderId", "o-1", "customerId", "c-1", "lineItemId", "l-3"));
        var added = event(
                "ordering.line-item-added",
                "c-1",
                Map.of("orderId", "o-1", "customerId", "c-1", "lineItem", Map.of("id", "l-4")));

        // When
        var told = notify("order-complete", cancelled, orderOf(List.of("l-1", "l-2"), heard), customer("c-1"));
        var waits = rule("order-complete")
                .evaluate(added, orderOf(List.of("l-1", "l-2", "l-4"), heard))
                .opens();

        // Then
        assertThat(told.context()).containsEntry("itemCount", 2L);
        assertThat(rule("order-complete").collecting(cancelled)).contains(new Collected("o-1", null, null));
        assertThat(rule("order-complete").collecting(added)).contains(new Collected("o-1", null, null));
        assertThat(waits.reason()).isEqualTo(Reason.AWAITING_CORRELATION);
        assertThat(waits.detail()).isEqualTo("2 of 3");
    }

    @Test
    void only_who_wants_to_hear_from_us_is_welcomed() {
        // Given
        var signedUp = event("signup_completed", "u-1", Map.of("signup_method", "email"));

        // When
        var told = notify("welcome-email", signedUp, Facts.none(), Map.of("id", "u-1", "marketing_opt_in", true));
        var no = decide("welcome-email", signedUp, Map.of("id", "u-1", "marketing_opt_in", false));
        var unsaid = decide("welcome-email", signedUp, Map.of("id", "u-1"));

        // Then
        assertThat(rule("welcome-email").facts()).containsExactly(Fact.CUSTOMER);
        assertThat(told.businessKey()).isEqualTo("welcome/u-1");
        assertThat(told.channels()).containsExactly("email");
        assertThat(List.of(no, unsaid)).extracting(Decision.Ignore::reason).containsOnly(Reason.NOT_ELIGIBLE);
        assertThat(unsaid.detail()).isEqualTo("customer.marketing_opt_in == true: no field 'marketing_opt_in'");
    }

    @Test
    void a_bank_linked_within_a_day_of_signing_up_is_answered_whichever_is_heard_first() {
        // Given
        var linked = event("link_bank_success", "u-1", Map.of("bank_name", "Santander"));
        var signedUp = at(NOON.minus(Duration.ofHours(24)), "signup_completed");

        // When
        var told = notify("bank-link-nudge-sms", linked, Facts.none().withEarlier(signedUp), customer("u-1"));
        var alone = rule("bank-link-nudge-sms").evaluate(linked, Facts.none()).opens();
        var late = rule("bank-link-nudge-sms")
                .evaluate(linked, Facts.none().withEarlier(at(NOON.minus(Duration.ofHours(25)), "signup_completed")))
                .opens();

        // Then
        assertThat(book.listeningTo("signup_completed"))
                .extracting(Rule::id)
                .containsExactly("welcome-email", "bank-link-nudge-sms");
        assertThat(told.context()).isEqualTo(Map.of("bankName", "Santander"));
        assertThat(told.businessKey()).isEqualTo("bank-link-nudge/u-1");
        assertThat(alone.reason()).isEqualTo(Reason.AWAITING_CORRELATION);
        assertThat(alone.detail()).isEqualTo("signup_completed within PT24H has not been heard");
        assertThat(late.detail()).isEqualTo(alone.detail());
    }

    @Test
    void want_of_money_is_told_of_once_a_day() {
        // Given
        var failed = event(
                "payment_failed",
                "u-1",
                Map.of("amount", 1425.00, "attempt_number", 1L, "failure_reason", "INSUFFICIENT_FUNDS"));
        var otherwise = event("payment_failed", "u-1", Map.of("failure_reason", "CARD_EXPIRED"));
        var bare = event("payment_failed", "u-1", Map.of("failure_reason", "INSUFFICIENT_FUNDS"));

        // When
        var told = notify("insufficient-funds-email", failed, Facts.none(), customer("u-1"));

        // Then
        assertThat(told.throttle())
                .isEqualTo(new Throttle("insufficient-funds-email/u-1", 1, ThrottleWindow.calendarDay()));
        assertThat(told.context()).isEqualTo(Map.of("amount", 1425.00, "attemptNumber", 1L));
        assertThat(notify("insufficient-funds-email", bare, Facts.none(), customer("u-1"))
                        .context())
                .isEmpty();
        assertThat(decide("insufficient-funds-email", otherwise, customer("u-1"))
                        .reason())
                .isEqualTo(Reason.CONDITION_FALSE);
    }

    @Test
    void the_third_failure_is_told_to_ourselves() {
        // Given
        var third = event(
                "payment_failed",
                "u-1",
                Map.of("amount", 1425.00, "attempt_number", 3L, "failure_reason", "INSUFFICIENT_FUNDS"));
        var uncounted = event("payment_failed", "u-1", Map.of("failure_reason", "INSUFFICIENT_FUNDS"));

        // When
        var told = notify("high-risk-alert", third, Facts.none(), customer("u-1"));
        var no = decide("high-risk-alert", uncounted, customer("u-1"));

        // Then
        assertThat(told.internal()).isTrue();
        assertThat(told.customerId()).isEqualTo("u-1");
        assertThat(told.context()).containsEntry("customerId", "u-1").containsEntry("attemptNumber", 3L);
        assertThat(no.reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(no.detail()).isEqualTo("event.data.attempt_number >= 3: no field 'attempt_number'");
    }

    private Decision.Ignore decide(String id, RuleEvent event, Map<String, Object> customer) {
        return (Decision.Ignore) rule(id).evaluate(event, Facts.none()).decide(customer, NOON);
    }

    private static RuleEvent at(Instant time, String type) {
        return new RuleEvent("ev-0", type, "/test", "u-1", time, NOON, Map.of(), Map.of());
    }

    private Rule rule(String id) {
        return book.rule(id).orElseThrow();
    }

    private Decision.Notify notify(String id, RuleEvent event, Facts facts, Map<String, Object> customer) {
        assertThat(book.listeningTo(event.type())).contains(rule(id));
        assertThat(rule(id).evaluate(event, facts).opens().passed()).isTrue();
        return (Decision.Notify) rule(id).evaluate(event, facts).decide(customer, NOON);
    }

    private static RuleEvent price(Object from, Object to) {
        return event(
                "pricing.price-changed",
                null,
                Map.of(
                        "productId",
                        "p-1",
                        "productName",
                        "Router",
                        "oldPrice",
                        from,
                        "newPrice",
                        to,
                        "currency",
                        "EUR"));
    }
}
