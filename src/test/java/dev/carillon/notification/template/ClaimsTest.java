package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.RenderedText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped words claim of a discount: never more than there is, and nothing where there is none. */
class ClaimsTest {

    private final Templates templates = new Templates(new Categories());

    @ParameterizedTest
    @CsvSource({"999.99, 1, 99", "149.99, 119.99, 20", "100, 99, 1"})
    void a_price_drop_claims_whole_percents_rounded_down(String old, String now, String percent) {
        assertThat(dropped(old, now, "en")).allMatch(words -> words.contains(percent + "%"));
        assertThat(dropped(old, now, "de")).allMatch(words -> words.contains(percent + " %"));
    }

    @ParameterizedTest
    @CsvSource({"100, 99.50", "100, 100", "100, 120", "0, 5", "1000000, 999999.99"})
    void where_there_is_nothing_to_claim_no_percent_is_named(String old, String now) {
        assertThat(dropped(old, now, "en"))
                .noneMatch(words -> words.contains("%"))
                .noneMatch(words -> words.contains("-$"));
        assertThat(dropped(old, now, "de"))
                .noneMatch(words -> words.contains("%"))
                .noneMatch(words -> words.contains("-" + now));
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "100, 120", "0, 5"})
    void a_price_that_did_not_fall_is_only_told(String old, String now) {
        assertThat(dropped(old, now, "en"))
                .noneMatch(words -> words.contains("save") || words.contains("was ") || words.contains("Good things"));
        assertThat(dropped(old, now, "de"))
                .noneMatch(
                        words -> words.contains("sparen") || words.contains("isher") || words.contains("Warten lohnt"));
    }

    @ParameterizedTest
    @CsvSource({"25, 100, 75, 25", "24.99, , 75, 24"})
    void a_sale_claims_what_was_sent_rounded_down(
            String discount, @Nullable String original, String sale, String percent) {
        assertThat(onSale(discount, original, sale, "en")).allMatch(words -> words.contains(percent + "%"));
        assertThat(onSale(discount, original, sale, "de")).allMatch(words -> words.contains(percent + " %"));
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 75", "0.5, 100, 99.5", "25, 100, 100", "25, 100, 120", ", 100, 75"})
    void a_sale_claims_nothing_that_the_prices_deny(@Nullable String discount, String original, String sale) {
        assertThat(onSale(discount, original, sale, "en")).noneMatch(words -> words.contains("%"));
        assertThat(onSale(discount, original, sale, "de")).noneMatch(words -> words.contains("%"));
        boolean fell = new BigDecimal(sale).compareTo(new BigDecimal(original)) < 0;
        assertThat(onSale(discount, original, sale, "en").anyMatch(words -> words.contains("usually")))
                .isEqualTo(fell);
    }

    private Stream<String> dropped(String old, String now, String language) {
        return said(
                "PRICE_DROP_ALERT",
                language,
                Map.of("productName", "Router", "oldPrice", new BigDecimal(old), "newPrice", new BigDecimal(now)));
    }

    private Stream<String> onSale(@Nullable String discount, @Nullable String original, String sale, String language) {
        Map<String, Object> context = new HashMap<>(
                Map.of("productName", "Router", "promotionName", "Sale", "salePrice", new BigDecimal(sale)));
        if (discount != null) {
            context.put("discountPercent", new BigDecimal(discount));
        }
        if (original != null) {
            context.put("originalPrice", new BigDecimal(original));
        }
        return said("WISHLIST_SALE", language, context);
    }

    /** In every form, without the mark-up's own percents. */
    private Stream<String> said(String type, String language, Map<String, Object> context) {
        Reader reader = Reader.of(Locale.forLanguageTag(language), Map.of());
        RenderedText email = (RenderedText) templates.render(type, "email", reader, context);
        RenderedText sms = (RenderedText) templates.render(type, "sms", reader, context);
        return Stream.of(email.text(), String.valueOf(email.html()).replace("\"100%\"", ""), sms.text());
    }
}
