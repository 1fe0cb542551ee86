package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostileValuesTest {

    private final Templates templates = new Templates(new Categories());

    @Test
    void a_line_break_in_a_value_cannot_add_a_header_to_the_subject() {
        RenderedText email = priceDrop("email", "Router\r\nBcc: victim@example.com\0\u2028\u0085x");

        assertThat(email.subject()).isEqualTo("Price Drop Alert: Router Bcc: victim@example.com x is now $119.99!");
    }

    @Test
    void an_sms_stays_one_line() {
        assertThat(priceDrop("sms", "Router\n\tX\r500\0").text())
                .isEqualTo("Price drop: Router X 500 in your cart is now $119.99 (was $149.99). You save 20%!");
    }

    @Test
    void bodies_keep_their_line_breaks_but_no_other_control_characters() {
        RenderedText email = priceDrop("email", "Router\r\nX500\0\u0007");

        assertThat(email.text()).contains("the Router\nX500   in your cart").doesNotContain("\0", "\r", "\u0007");
        assertThat(email.html()).doesNotContain("\0", "\r", "\u0007");
    }

    @Test
    void html_is_escaped_and_text_is_not() {
        RenderedText email = priceDrop("email", "<script>alert(\"1\")</script> & 'more'");

        assertThat(email.html())
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;")
                .doesNotContain("<script>");
        assertThat(email.text()).contains("the <script>alert(\"1\")</script> & 'more' in your cart");
        assertThat(email.subject())
                .isEqualTo("Price Drop Alert: <script>alert(\"1\")</script> & 'more' is now $119.99!");
    }

    @Test
    void the_name_in_the_layout_is_escaped_too() {
        RenderedText email = (RenderedText) templates.render(
                templates.type("PRICE_DROP_ALERT").orElseThrow(),
                "email",
                Map.of("productName", "Router", "oldPrice", 2, "newPrice", 1, "currency", "USD"),
                Map.of("name", "<i>Eve</i>"));

        assertThat(email.html()).contains("Hi &lt;i&gt;Eve&lt;/i&gt;,").doesNotContain("<i>");
    }

    @Test
    void a_currency_that_is_none_is_never_rendered() {
        assertThat(templates.render(
                        templates.type("PRICE_DROP_ALERT").orElseThrow(),
                        "email",
                        Map.of("productName", "Router", "oldPrice", 2, "newPrice", 1, "currency", "<b>"),
                        Map.of("name", "Eve")))
                .isInstanceOf(Rendered.NotRendered.class);
    }

    @Test
    void template_syntax_in_a_value_is_only_text() {
        assertThat(priceDrop("sms", "{customer.name} {#for i in 9}").text())
                .startsWith("Price drop: {customer.name} {#for i in 9} in your cart");
    }

    @Test
    void a_link_with_a_dangerous_scheme_is_left_out() {
        for (String link :
                new String[] {"javascript:alert(1)", "http://shop.example.com", "https://x.example.com/a b", "//x"}) {
            RenderedText email = (RenderedText) templates.render(
                    templates.type("PAYMENT_FAILED").orElseThrow(),
                    "email",
                    Map.of("amount", 5, "currency", "USD", "failureReason", "CARD_DECLINED", "retryUrl", link),
                    Scratch.ALICE);

            assertThat(email.html())
                    .doesNotContain("<a ", link)
                    .contains("To try again, sign in and open your orders.");
            assertThat(email.text()).doesNotContain(link).contains("To try again, sign in and open your orders.");
        }
    }

    @Test
    void content_does_not_say_its_words_when_it_is_logged() {
        assertThat(priceDrop("email", "Router").toString())
                .matches("Content\\[subject=40 characters, text=\\d+ characters, html=\\d+ characters]");
        assertThat(priceDrop("sms", "Router").toString())
                .isEqualTo("Content[subject=none, text=75 characters, html=none]");
    }

    private RenderedText priceDrop(String channel, String productName) {
        return (RenderedText) templates.render(
                templates.type("PRICE_DROP_ALERT").orElseThrow(),
                channel,
                Map.of("productName", productName, "oldPrice", 149.99, "newPrice", 119.99),
                Map.of("name", "Alice"));
    }
}
