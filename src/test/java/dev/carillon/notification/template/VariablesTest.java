package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.RenderedText;
import dev.carillon.notification.template.TypeFolder.ContextViolation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private final Templates templates = new Templates(new Categories());

    @Test
    void the_words_do_not_depend_on_the_class_of_a_number() {
        RenderedText expected = priceDrop(150L, 120L);

        assertThat(expected.subject()).isEqualTo("Price Drop Alert: Router is now $120.00!");
        for (Number price : List.of(
                120,
                120.0,
                120.0f,
                (short) 120,
                new BigDecimal("120"),
                new BigDecimal("120.00"),
                new BigDecimal("1.2E+2"),
                BigInteger.valueOf(120))) {
            assertThat(priceDrop(150.0, price))
                    .as(price.getClass().getSimpleName())
                    .isEqualTo(expected);
        }
    }

    @Test
    void an_integer_reads_the_same_however_it_arrives() {
        for (Number count : List.of(1000, 1000L, 1000.0, new BigDecimal("1000.00"), new BigDecimal("1E+3"))) {
            RenderedText sms =
                    content(render("ORDER_COMPLETE", "sms", Map.of("orderId", "ord-002", "itemCount", count)));

            assertThat(sms.text()).startsWith("All 1000 items of your order ord-002");
        }
    }

    @Test
    void a_context_that_fits_has_no_violations_and_more_variables_than_declared_are_fine() {
        Map<String, Object> context =
                Map.of("orderId", "ord-001", "warehouse", Map.of("id", 7), "estimatedDeliveryDate", "2024-06-05");

        assertThat(templates.check(type("ORDER_SHIPPED"), context)).isEmpty();
    }

    @Test
    void every_missing_required_variable_is_named() {
        Map<String, Object> context = new HashMap<>();
        context.put("oldPrice", null);
        context.put("productName", "  ");

        assertThat(templates.check(type("PRICE_DROP_ALERT"), context))
                .containsExactly(
                        new ContextViolation("/context/productName", "is required"),
                        new ContextViolation("/context/oldPrice", "is required"),
                        new ContextViolation("/context/newPrice", "is required"));
    }

    @Test
    void every_wrong_kind_is_named_without_the_value() {
        Map<String, Object> payment = Map.of(
                "amount",
                "179.97",
                "currency",
                840,
                "failureReason",
                List.of("secret"),
                "attemptNumber",
                1.5,
                "retryUrl",
                true);

        assertThat(templates.check(type("PAYMENT_FAILED"), payment))
                .containsExactly(
                        new ContextViolation("/context/amount", "must be a number, not a string"),
                        new ContextViolation("/context/currency", "must be a string, not a number"),
                        new ContextViolation("/context/failureReason", "must be a string, not a list"),
                        new ContextViolation("/context/attemptNumber", "must be an integer, not a fraction"),
                        new ContextViolation("/context/retryUrl", "must be a string, not a boolean"));
    }

    @Test
    void a_timestamp_is_a_date_or_a_date_and_time_with_an_offset() {
        for (Object day :
                List.of("2024-06-05", "2024-06-05T10:00:00Z", "2024-06-05T16:30:00-07:00", LocalDate.of(2024, 6, 5))) {
            assertThat(content(render("ORDER_SHIPPED", "sms", Map.of("orderId", "o", "estimatedDeliveryDate", day)))
                            .text())
                    .endsWith("Expected June 5, 2024.");
        }
        for (String bad : List.of("soon", "2024-06-31", "2024-06-05T10:00:00", "05/06/2024")) {
            assertThat(templates.check(type("ORDER_SHIPPED"), Map.of("orderId", "o", "estimatedDeliveryDate", bad)))
                    .extracting(ContextViolation::pointer)
                    .containsExactly("/context/estimatedDeliveryDate");
        }
    }

    @Test
    void numbers_that_cannot_be_an_amount_are_refused_without_being_written_out() {
        for (Number absurd : List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                new BigDecimal("1e1000000000"),
                new BigDecimal("1e-1000000000"),
                BigInteger.TEN.pow(5000),
                1e30)) {
            assertThat(templates.check(
                            type("PAYMENT_FAILED"),
                            Map.of("amount", absurd, "currency", "USD", "failureReason", "CARD_DECLINED")))
                    .containsExactly(new ContextViolation("/context/amount", "must be finite and below 10^18"));
        }
    }

    @Test
    void texts_lists_and_nesting_have_limits() {
        NotificationType scratch =
                Scratch.saying("{word}").templates().type("SCRATCH").orElseThrow();

        assertThat(templates.check(scratch, Map.of("word", "x".repeat(4097))))
                .containsExactly(new ContextViolation("/context/word", "must not be longer than 4096 characters"));
        assertThat(templates.check(scratch, Map.of("word", "x", "things", Collections.nCopies(101, "x"))))
                .containsExactly(new ContextViolation("/context/things", "must not have more than 100 elements"));
        assertThat(templates.check(scratch, Map.of("word", "x", "things", List.of(List.of(List.of(List.of("deep")))))))
                .containsExactly(new ContextViolation("/context/things", "must not be nested deeper than 4 levels"));
        assertThat(templates.check(scratch, Map.of("word", "x", "things", List.of(new Object()))))
                .containsExactly(new ContextViolation(
                        "/context/things", "must hold only texts, numbers, booleans, lists and maps"));
        assertThat(templates.check(scratch, Map.of("word", "x", "things", Arrays.asList("a", null))))
                .hasSize(1);
        assertThat(templates.check(scratch, Map.of("word", "x", "things", List.of(Map.of("a", 1, "b", List.of("c"))))))
                .isEmpty();
    }

    @Test
    void rendering_names_the_variable_that_is_missing_or_unfit() {
        assertThat(render("ORDER_SHIPPED", "email", Map.of()))
                .isEqualTo(new NotRendered(Reason.VARIABLE_MISSING, "orderId", "orderId is required"));
        assertThat(render("ORDER_SHIPPED", "sms", Map.of("orderId", 17)))
                .isEqualTo(
                        new NotRendered(Reason.VARIABLE_MISSING, "orderId", "orderId must be a string, not a number"));
    }

    @Test
    void rendering_names_a_missing_nested_variable_by_its_path() {
        Templates scratch = Scratch.saying("{#if word == 'hello'}hello{#else}{customer.tier.name}{/if}")
                .templates();

        Rendered rendered = Scratch.rendered(scratch, Map.of("word", "bye"), Scratch.ALICE);

        assertThat(rendered)
                .isEqualTo(new NotRendered(
                        Reason.VARIABLE_MISSING,
                        "customer.tier.name",
                        "customer.tier.name is missing in SCRATCH/sms.txt:1"));
    }

    @Test
    void rendering_names_an_optional_variable_that_a_branch_cannot_do_without() {
        Templates scratch = Scratch.saying("{#if word == 'hello'}hello{#else}{things.size}{/if}")
                .templates();

        Rendered rendered = Scratch.rendered(scratch, Map.of("word", "bye"), Scratch.ALICE);

        assertThat(rendered)
                .isEqualTo(
                        new NotRendered(Reason.VARIABLE_MISSING, "things", "things is missing in SCRATCH/sms.txt:1"));
    }

    @Test
    void a_channel_the_type_cannot_use_has_no_template() {
        assertThat(render("ORDER_SHIPPED", "push", Map.of("orderId", "ord-001")))
                .isEqualTo(new NotRendered(Reason.TEMPLATE_MISSING, "push", "ORDER_SHIPPED has no template for push"));
    }

    private RenderedText priceDrop(Number oldPrice, Number newPrice) {
        return content(render(
                "PRICE_DROP_ALERT",
                "email",
                Map.of("productName", "Router", "oldPrice", oldPrice, "newPrice", newPrice)));
    }

    private Rendered render(String type, String channel, Map<String, Object> context) {
        return templates.render(type(type), channel, context, Scratch.ALICE);
    }

    private NotificationType type(String name) {
        return templates.type(name).orElseThrow();
    }

    private static RenderedText content(Rendered rendered) {
        return (RenderedText) rendered;
    }
}
