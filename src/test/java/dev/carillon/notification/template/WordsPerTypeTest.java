package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.Edition;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every type on every channel, word by word. */
class WordsPerTypeTest {

    private static final Map<String, Object> CUSTOMER = Map.of("name", "David O'Brien");
    private static final String ORDINARY_FOOTER = "You can change what we send you in your notification settings.";

    /** Whichever it is, the words are compared. */
    private static final Edition EDITION = new Edition("any", Locale.ENGLISH);

    private final Templates templates = new Templates(new Categories());

    @Test
    void order_shipped_by_email() {
        RenderedText content = render("ORDER_SHIPPED", "email", shipped());

        assertThat(content.subject()).isEqualTo("Your order ord-001 has shipped");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                Good news: your order ord-001 is on its way.

                Carrier: UPS
                Tracking number: 1Z999AA10123456784
                Estimated delivery: June 5, 2024

                Thank you for shopping with us.

                You can change what we send you in your notification settings.
                """);
        assertThat(content.html()).isEqualTo(page("Your order ord-001 has shipped", """
                <p>Good news: your order <strong>ord-001</strong> is on its way.</p>
                <p>
                Carrier: UPS<br>
                Tracking number: <strong>1Z999AA10123456784</strong><br>
                Estimated delivery: June 5, 2024
                </p>
                """, ORDINARY_FOOTER));
    }

    @Test
    void order_shipped_by_sms() {
        assertThat(render("ORDER_SHIPPED", "sms", shipped()))
                .isEqualTo(
                        sms(
                                "Good news! Your order ord-001 has shipped with UPS. Tracking: 1Z999AA10123456784. Expected June 5, 2024."));
        assertThat(render("ORDER_SHIPPED", "sms", Map.of("orderId", "ord-001")))
                .isEqualTo(sms("Good news! Your order ord-001 has shipped."));
    }

    @Test
    void order_shipped_with_nothing_but_the_order_leaves_no_gap() {
        assertThat(render("ORDER_SHIPPED", "email", Map.of("orderId", "ord-001"))
                        .text())
                .isEqualTo("""
                Hi David O'Brien,

                Good news: your order ord-001 is on its way.

                Thank you for shopping with us.

                You can change what we send you in your notification settings.
                """);
    }

    @Test
    void order_complete_by_email() {
        RenderedText content = render("ORDER_COMPLETE", "email", Map.of("orderId", "ord-002", "itemCount", 3));

        assertThat(content.subject()).isEqualTo("Your order ord-002 is complete");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                That was the last one: all 3 items of your order ord-002 have shipped.

                Parcels that are still on the road will arrive over the next few days.

                Thank you for shopping with us.

                You can change what we send you in your notification settings.
                """);
        assertThat(content.html()).isEqualTo(page("Your order ord-002 is complete", """
                <p>That was the last one: all 3 items of your order <strong>ord-002</strong> have shipped.</p>
                <p>Parcels that are still on the road will arrive over the next few days.</p>
                """, ORDINARY_FOOTER));
    }

    @Test
    void order_complete_by_sms() {
        assertThat(render("ORDER_COMPLETE", "sms", Map.of("orderId", "ord-002", "itemCount", 3)))
                .isEqualTo(sms("All 3 items of your order ord-002 have shipped. Thank you for shopping with us!"));
        assertThat(render("ORDER_COMPLETE", "sms", Map.of("orderId", "ord-004", "itemCount", 1)))
                .isEqualTo(sms("Your order ord-004 has shipped in full. Thank you for shopping with us!"));
    }

    @Test
    void payment_failed_by_email() {
        RenderedText content = render("PAYMENT_FAILED", "email", failed("INSUFFICIENT_FUNDS"));

        assertThat(content.subject()).isEqualTo("Your payment of $179.97 did not go through");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                We could not take your payment of $179.97 for order ord-001 (attempt 2).

                What happened: there was not enough money in the account.
                What to do: top up the account or choose another payment method, then try again.

                Try again here: https://shop.example.com/pay?order=ord-001&step=2

                Nothing was charged.

                You can change what we send you in your notification settings.
                """);
        assertThat(content.html()).isEqualTo(page("Your payment did not go through", """
                <p>We could not take your payment of <strong>$179.97</strong> for order <strong>ord-001</strong> (attempt 2).</p>
                <p><strong>What happened:</strong> there was not enough money in the account.<br>
                <strong>What to do:</strong> top up the account or choose another payment method, then try again.</p>
                <p><a href="https://shop.example.com/pay?order=ord-001&amp;step=2" style="display:inline-block;padding:10px \
                18px;background:#1f5f4a;color:#fff;border-radius:6px;text-decoration:none">Try again</a></p>
                <p>Nothing was charged.</p>
                """, ORDINARY_FOOTER));
    }

    @Test
    void payment_failed_by_sms() {
        assertThat(render("PAYMENT_FAILED", "sms", failed("INSUFFICIENT_FUNDS")))
                .isEqualTo(sms("Your payment of $179.97 for order ord-001 failed: not enough money in the account."
                        + " Try again: https://shop.example.com/pay?order=ord-001&step=2"));
    }

    @Test
    void payment_failed_says_each_reason_in_words() {
        assertThat(reasonIn("Insufficient funds")).isEqualTo("not enough money in the account");
        assertThat(reasonIn("CARD_EXPIRED")).isEqualTo("the card has expired");
        assertThat(reasonIn("expired_card")).isEqualTo("the card has expired");
        assertThat(reasonIn("CARD_DECLINED")).isEqualTo("your bank declined the card");
        assertThat(reasonIn("BANK_UNREACHABLE")).isEqualTo("bank unreachable");
        assertThat(reasonIn("The bank said no.")).isEqualTo("The bank said no");
    }

    @Test
    void price_drop_by_email() {
        RenderedText content = render("PRICE_DROP_ALERT", "email", dropped());

        assertThat(content.subject()).isEqualTo("Price Drop Alert: Router is now $119.99!");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                Good things come to those who wait: the Router in your cart now costs $119.99.

                It was $149.99, so you save $30.00 (20%).

                It is still in your cart whenever you are ready.

                You get this because you asked for price alerts. You can switch them off in your notification settings.
                """);
        assertThat(content.html())
                .isEqualTo(
                        page(
                                "Router is now $119.99",
                                """
                <p>Good things come to those who wait: the <strong>Router</strong> in your cart now costs <strong>$119.99</strong>.</p>
                <p>It was <s>$149.99</s>, so you save $30.00 (20%).</p>
                <p>It is still in your cart whenever you are ready.</p>

                """,
                                "You get this because you asked for price alerts. You can switch them off in your notification settings."));
    }

    @Test
    void price_drop_by_sms() {
        assertThat(render("PRICE_DROP_ALERT", "sms", dropped()))
                .isEqualTo(sms("Price drop: Router in your cart is now $119.99 (was $149.99). You save 20%!"));
    }

    @Test
    void wishlist_sale_by_email() {
        RenderedText content = render("WISHLIST_SALE", "email", onSale());

        assertThat(content.subject()).isEqualTo("On your wishlist and on sale: Headphones H7 for €149.99");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                Something you have been wishing for is on sale: the Headphones H7, now €149.99 in our Summer Sound Sale.

                It usually costs €199.99.
                That is 25% off.
                The offer ends on June 30, 2024.

                Thank you for shopping with us.

                You get this because you asked for offers. You can switch them off in your notification settings.
                """);
        assertThat(content.html())
                .isEqualTo(
                        page(
                                "Headphones H7 is on sale",
                                """
                <p>Something you have been wishing for is on sale: the <strong>Headphones H7</strong>, now \
                <strong>€149.99</strong> in our Summer Sound Sale.</p>
                <p>It usually costs <s>€199.99</s>.</p>
                <p>That is 25% off.</p>
                <p>The offer ends on June 30, 2024.</p>

                """,
                                "You get this because you asked for offers. You can switch them off in your notification settings."));
    }

    @Test
    void wishlist_sale_by_sms() {
        assertThat(render("WISHLIST_SALE", "sms", onSale()))
                .isEqualTo(sms("On your wishlist, on sale: Headphones H7 for €149.99 (25% off). Ends June 30, 2024."));
    }

    @Test
    void welcome_by_email() {
        RenderedText content = render("WELCOME_EMAIL", "email", Map.of("signup_method", "email"));

        assertThat(content.subject()).isEqualTo("Welcome");
        assertThat(content.text()).startsWith("Hi David O'Brien,\n\nWelcome! Your account is ready.\n");
        assertThat(content.html())
                .contains("<p>Hi David O&#39;Brien,</p>", "Thank you for joining us.")
                .doesNotContain("shopping");
    }

    @Test
    void bank_link_nudge_by_sms() {
        assertThat(render("BANK_LINK_NUDGE_SMS", "sms", Map.of("bankName", "Santander")))
                .isEqualTo(sms("Your Santander account is linked. You are all set: make your first payment today."));
        assertThat(render("BANK_LINK_NUDGE_SMS", "sms", Map.of()))
                .isEqualTo(sms("Your bank account is linked. You are all set: make your first payment today."));
    }

    @Test
    void insufficient_funds_by_email() {
        RenderedText content =
                render("INSUFFICIENT_FUNDS_EMAIL", "email", Map.of("amount", 1425.00, "attemptNumber", 2));
        RenderedText bare = render("INSUFFICIENT_FUNDS_EMAIL", "email", Map.of());

        assertThat(content.subject()).isEqualTo("Your payment of $1425.00 did not go through");
        assertThat(content.text()).contains("We could not take your payment of $1425.00 (attempt 2).");
        assertThat(content.html())
                .contains("your payment of <strong>$1425.00</strong> (attempt 2).", "Nothing was charged.");
        assertThat(bare.subject()).isEqualTo("Your payment did not go through");
        assertThat(bare.text()).contains("We could not take your payment.\n");
    }

    @Test
    void high_risk_alert_by_email() {
        RenderedText content = render(
                "HIGH_RISK_ALERT",
                "email",
                Map.of(
                        "customerId",
                        "u_12345",
                        "attemptNumber",
                        3,
                        "amount",
                        1425.00,
                        "failureReason",
                        "INSUFFICIENT_FUNDS"));
        RenderedText bare = render("HIGH_RISK_ALERT", "email", Map.of("customerId", "u_12345", "attemptNumber", 3));

        assertThat(content.subject()).isEqualTo("High risk: payment of u_12345 failed at attempt 3");
        assertThat(content.text()).isEqualTo("""
                A payment of $1425.00 has failed at attempt 3.

                Customer: u_12345
                Reason: INSUFFICIENT_FUNDS

                Please look into it before the next attempt. The customer has not been told of this alert.
                """);
        assertThat(content.html())
                .contains("This message is for our own people.")
                .doesNotContain("Hi ", "O&#39;Brien");
        assertThat(bare.text()).startsWith("A payment has failed at attempt 3.\n\nCustomer: u_12345\n\nPlease");
    }

    @Test
    void a_customer_without_a_name_is_greeted_all_the_same() {
        Rendered rendered = templates.render(type("ORDER_SHIPPED"), "email", Map.of("orderId", "ord-001"), Map.of());

        assertThat(rendered).isInstanceOfSatisfying(RenderedText.class, content -> {
            assertThat(content.text()).startsWith("Hi there,\n");
            assertThat(content.html()).contains("<p>Hi there,</p>");
        });
    }

    @Test
    void every_sms_example_fits_one_message_of_the_basic_alphabet() {
        for (NotificationType type : templates.types().stream()
                .filter(type -> type.channels().contains("sms"))
                .toList()) {
            String text = render(type.name(), "sms", examplesOf(type)).text();

            assertThat(text).as(type.name()).hasSizeLessThanOrEqualTo(160).matches("[ -_a-z]+");
        }
    }

    private static Map<String, Object> examplesOf(NotificationType type) {
        Map<String, Object> examples = new HashMap<>();
        type.variables().forEach((name, variable) -> examples.put(name, variable.example()));
        return examples;
    }

    private String reasonIn(String reason) {
        String text = render("PAYMENT_FAILED", "sms", Map.of("amount", 5, "currency", "USD", "failureReason", reason))
                .text();
        return text.substring("Your payment of $5.00 failed: ".length(), text.indexOf(". To try again"));
    }

    private RenderedText render(String type, String channel, Map<String, Object> context) {
        RenderedText made = (RenderedText) templates.render(type(type), channel, context, CUSTOMER);
        return new RenderedText(made.subject(), made.text(), made.html(), EDITION);
    }

    private NotificationType type(String name) {
        return templates.type(name).orElseThrow();
    }

    private static RenderedText sms(String text) {
        return new RenderedText(null, text, null, EDITION);
    }

    private static Map<String, Object> shipped() {
        return Map.of(
                "orderId",
                "ord-001",
                "carrier",
                "UPS",
                "trackingNumber",
                "1Z999AA10123456784",
                "estimatedDeliveryDate",
                "2024-06-05");
    }

    @Test
    void card_payments_summary_by_email() {
        RenderedText content = render("CARD_PAYMENTS_SUMMARY", "email", paid());

        assertThat(content.subject()).isEqualTo("2 payments with your card");
        assertThat(content.text()).isEqualTo("""
                Hi David O'Brien,

                There were 2 payments with your card:

                - Corner Bakery: €4.50
                - O'Brien & Sons: $12.00

                If you do not know one of them, call us at once.

                You can change what we send you in your notification settings.
                """);
        assertThat(content.html())
                .contains(
                        "<li>Corner Bakery: <strong>€4.50</strong></li>\n<li>O&#39;Brien &amp; Sons: <strong>$12.00</strong></li>\n</ul>");
    }

    @Test
    void a_summary_of_one_card_payment_says_so() {
        RenderedText content = render(
                "CARD_PAYMENTS_SUMMARY",
                "email",
                Map.of("count", 1, "items", List.of(Map.of("merchant", "City Trains", "amount", 12))));

        assertThat(content.subject()).isEqualTo("A payment with your card");
        assertThat(content.text()).contains("There was one payment with your card:\n\n- City Trains: $12.00\n\nIf you");
    }

    private static Map<String, Object> paid() {
        return Map.of(
                "count",
                2,
                "items",
                List.of(
                        Map.of("merchant", "Corner Bakery", "amount", 4.5, "currency", "EUR"),
                        Map.of("merchant", "O'Brien & Sons", "amount", 12)));
    }

    private static Map<String, Object> failed(String reason) {
        return Map.of(
                "amount",
                179.97,
                "currency",
                "USD",
                "failureReason",
                reason,
                "orderId",
                "ord-001",
                "attemptNumber",
                2,
                "retryUrl",
                "https://shop.example.com/pay?order=ord-001&step=2");
    }

    private static Map<String, Object> dropped() {
        return Map.of("productName", "Router", "oldPrice", 149.99, "newPrice", 119.99);
    }

    private static Map<String, Object> onSale() {
        return Map.of(
                "productName",
                "Headphones H7",
                "promotionName",
                "Summer Sound Sale",
                "salePrice",
                149.99,
                "originalPrice",
                199.99,
                "discountPercent",
                25,
                "currency",
                "EUR",
                "endsAt",
                "2024-06-30T23:59:59Z");
    }

    private static String page(String title, String body, String footer) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                </head>
                <body style="margin:0;padding:24px 12px;background:#f4f4f2;color:#222;font-family:Helvetica,Arial,sans-serif;\
                font-size:16px;line-height:1.5">
                <table role="presentation" align="center" width="100%%" style="max-width:560px;margin:0 auto;background:#fff;\
                border-radius:8px">
                <tr><td style="padding:32px">
                <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">%1$s</h1>
                <p>Hi David O&#39;Brien,</p>

                %2$s<p style="margin-bottom:0">Thank you for shopping with us.</p>
                </td></tr>
                <tr><td style="padding:16px 32px;border-top:1px solid #e5e5e0;color:#666;font-size:13px">%3$s</td></tr>
                </table>
                </body>
                </html>
                """.formatted(title, body, footer);
    }
}
