package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blank fact is an absent one, whatever it is blank with. */
class BlankFactsTest {

    private final Templates templates = new Templates(new Categories());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\n",
                "\u00a0",
                "\u202f\u2007",
                "\u200b",
                "\u200d\ufe0f",
                "\ufeff",
                "\u3000",
                "\u00ad",
                "\u2800",
                "\u3164",
                "\u200e\u202a"
            })
    void nobody_is_greeted_by_a_blank_name(String name) {
        for (NotificationType type : templates.types()) {
            for (String channel : type.channels()) {
                for (String tag : templates.folder(type.name()).orElseThrow().locales(channel)) {
                    Map<String, Object> context =
                            templates.folder(type.name()).orElseThrow().examples();
                    RenderedText blank = said(type.name(), channel, tag, context, Map.of("name", name));

                    assertThat(blank)
                            .as(type.name() + " " + channel + " " + tag)
                            .isEqualTo(said(type.name(), channel, tag, context, Map.of()));
                    assertThat(blank.text() + blank.html()).doesNotContain("Hi ,", "Hi  ", "Guten Tag ,");
                }
            }
        }
    }

    @Test
    void without_a_name_it_is_hi_there_and_guten_tag() {
        assertThat(said("ORDER_SHIPPED", "email", "en", Map.of("orderId", "o"), Map.of("name", " "))
                        .text())
                .startsWith("Hi there,\n");
        assertThat(said("ORDER_SHIPPED", "email", "de", Map.of("orderId", "o"), Map.of("name", " "))
                        .text())
                .startsWith("Guten Tag,\n");
        assertThat(said("ORDER_SHIPPED", "email", "en", Map.of("orderId", "o"), Map.of("name", "\u00a0 Alice \u200b"))
                        .text())
                .startsWith("Hi Alice,\n");
        assertThat(said("ORDER_SHIPPED", "email", "de", Map.of("orderId", "o"), Map.of("name", " Alice "))
                        .html())
                .contains("<p>Guten Tag Alice,</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "\u200b\u200b", "\ufeff"})
    void a_blank_variable_is_as_if_it_were_not_there(String blank) {
        Map<String, Object> context = new HashMap<>(Map.of(
                "orderId", "ord-001", "carrier", blank, "trackingNumber", blank, "estimatedDeliveryDate", blank));

        assertThat(said("ORDER_SHIPPED", "sms", "en", context, Map.of()).text())
                .isEqualTo("Good news! Your order ord-001 has shipped.");

        context.put("orderId", blank);
        assertThat(templates.render("ORDER_SHIPPED", "sms", Reader.of(Locale.ENGLISH, Map.of()), context))
                .isEqualTo(new NotRendered(Reason.VARIABLE_MISSING, "orderId", "orderId is required"));
    }

    @Test
    void a_blank_field_of_an_item_is_not_there_either() {
        RenderedText summary = said(
                "CARD_PAYMENTS_SUMMARY",
                "email",
                "en",
                Map.of(
                        "count",
                        2,
                        "items",
                        List.of(
                                Map.of("merchant", "\u00a0", "amount", 12, "currency", " "),
                                Map.of("merchant", "Bakery", "amount", 4))),
                Map.of());

        assertThat(summary.text()).contains("- Payment: $12.00\n- Bakery: $4.00\n");
    }

    @Test
    void facts_inside_facts_count_as_well() {
        Templates scratch = Scratch.saying("{word}{#if customer.address.city??} to {customer.address.city}{/if}")
                .templates();

        assertThat(((RenderedText) Scratch.rendered(
                                scratch, Map.of("word", " x "), Map.of("address", Map.of("city", "\u200b"))))
                        .text())
                .isEqualTo("x");
        assertThat(((RenderedText) Scratch.rendered(
                                scratch, Map.of("word", "x"), Map.of("address", Map.of("city", " Rome "))))
                        .text())
                .isEqualTo("x to Rome");
    }

    private RenderedText said(
            String type, String channel, String tag, Map<String, Object> context, Map<String, Object> customer) {
        return (RenderedText) templates.render(type, channel, Reader.of(Locale.forLanguageTag(tag), customer), context);
    }
}
