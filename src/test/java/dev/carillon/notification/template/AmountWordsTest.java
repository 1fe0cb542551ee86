package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.RenderedText;
import dev.carillon.platform.value.PlainValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountWordsTest {

    @ParameterizedTest
    @CsvSource({
        "119.99, USD, $119.99",
        "1999, USD, $1999.00",
        "-5, GBP, -£5.00",
        "0, EUR, €0.00",
        "1E+3, USD, $1000.00",
        "1480, JPY, 1480 JPY",
        "1480.00, JPY, 1480 JPY",
        "12.34, KWD, 12.340 KWD",
        "1.5, TND, 1.500 TND",
        "1.5, CLF, 1.5000 CLF",
        "1.5, UYW, 1.5000 UYW",
        "2, uyi, 2 UYI",
        "1.5, XAD, 1.50 XAD",
        "12, ISK, 12 ISK",
        "1, XAU, 1 XAU",
        "1.5, XXX, 1.50 XXX"
    })
    void money_has_the_minor_units_of_its_currency(String amount, String currency, String written) {
        assertThat(money(amount, currency)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "12.345, USD, $12.345",
        "0.005, USD, $0.005",
        "-0.001, USD, -$0.001",
        "1480.5, JPY, 1480.5 JPY",
        "12.34567, KWD, 12.34567 KWD",
        "123456789012345678.123456789, USD, $123456789012345678.123456789"
    })
    void what_was_sent_is_never_rounded_away(String amount, String currency, String written) {
        assertThat(money(amount, currency)).isEqualTo(written);
    }

    /** What a rule calculates it calculates in doubles. */
    @Test
    void of_a_double_fifteen_digits_are_meant() {
        for (double calculated : new double[] {0.1 + 0.2, 149.99 - 119.99, 1.1 * 3, 1234.56}) {
            assertThat(String.valueOf(PlainValue.decimal(calculated))).isIn("0.3", "30", "3.3", "1234.56");
        }
    }

    @Test
    void no_currency_has_a_placeholder_for_its_sign() {
        for (Currency currency : Currency.getAvailableCurrencies()) {
            for (String tag : new String[] {"en", "de", "fr", "ja", "ar"}) {
                assertThat(AmountFunctions.money(
                                new BigDecimal("1.5"), currency.getCurrencyCode(), Locale.forLanguageTag(tag)))
                        .doesNotContain("¤");
            }
        }
        assertThat(AmountFunctions.money(new BigDecimal("1.5"), "xxx", Locale.GERMAN))
                .isEqualTo("1,50 XXX");
    }

    @Test
    void every_currency_keeps_every_digit_in_every_language() {
        BigDecimal amount = new BigDecimal("98765.4321987");
        for (Currency currency : Currency.getAvailableCurrencies()) {
            for (String tag : new String[] {"en", "de", "fr", "ja", "pl", "de-CH", "sv", "pt-BR"}) {
                String written = AmountFunctions.money(amount, currency.getCurrencyCode(), Locale.forLanguageTag(tag));
                assertThat(written.replaceAll("[^0-9]", ""))
                        .as(currency + " in " + tag)
                        .isEqualTo("987654321987");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de     | 1480     | JPY | 1.480 ¥",
                "de | 1234.5 | UYW | 1.234,5000 UYW",
                "de    | 12.345  | USD | 12,345 $",
                "fr | -1234.5 | KWD | -1 234,500 KWD",
                "sv | -1 | SEK | -1,00 kr",
                "de-CH  | 1234.5   | CHF | CHF 1’234.50",
                "ar-EG | 12.5 | USD | ١٢٫٥٠ US$",
                "hi | 1234567.891 | INR | ₹1,234,567.891"
            })
    void each_language_has_its_own_way_and_none_loses_a_digit(
            String tag, String amount, String currency, String written) {
        String money = AmountFunctions.money(new BigDecimal(amount), currency, Locale.forLanguageTag(tag));
        assertThat(money.replaceAll("[\u200e\u200f\u061c]", ""))
                .as("marks of direction come with newer locale data")
                .isEqualTo(written);
    }

    @Test
    void money_knows_three_symbols_and_writes_other_currencies_behind() {
        assertThat(money("119.99", "EUR")).isEqualTo("€119.99");
        assertThat(money("119.99", " usd ")).isEqualTo("$119.99");
        assertThat(money("1480", "jpy")).isEqualTo("1480 JPY");
        assertThat(money("119.99", "CHF")).isEqualTo("119.99 CHF");
    }

    @Test
    void without_a_currency_or_with_a_blank_one_it_is_dollars_and_an_unknown_one_keeps_its_name() {
        assertThat(AmountFunctions.money(new BigDecimal("119.99"), null, Locale.ENGLISH))
                .isEqualTo("$119.99");
        assertThat(money("119.99", " \u00a0\u200b")).isEqualTo("$119.99");
        assertThat(money("12", "points")).isEqualTo("12.00 POINTS");
        assertThat(money("12.125", "points")).isEqualTo("12.125 POINTS");
    }

    @Test
    void money_reads_the_same_wherever_the_server_stands() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"de-DE", "ar-EG", "tr-TR", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));

                assertThat(money("1119.99", "chf")).as(tag).isEqualTo("1119.99 CHF");
                assertThat(TextFunctions.code("insufficient funds")).as(tag).isEqualTo("INSUFFICIENT_FUNDS");
                assertThat(TextFunctions.day(LocalDate.of(2024, 6, 5), new TextStyle(Locale.ENGLISH, ZoneOffset.UTC)))
                        .as(tag)
                        .isEqualTo("June 5, 2024");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "119.99, 149.99, 20",
        "87.5, 100, 12",
        "1, 999.99, 99",
        "0.01, 100000, 99",
        "0, 10, 100",
        "99, 100, 1",
        "99.01, 100, 0",
        "99.999, 100, 0",
        "100, 100, 0",
        "120, 100, 0",
        "1, 0, 0",
        "1, -5, 0",
        "-1, 10, 0"
    })
    void percent_off_is_rounded_down_and_0_where_there_is_nothing_to_claim(String amount, String old, String percent) {
        assertThat(AmountFunctions.percentOff(new BigDecimal(amount), new BigDecimal(old))
                        .toPlainString())
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"25, 25", "24.99, 24", "0.99, 0", "0, 0", "-5, 0", "100, 100", "100.5, 0"})
    void a_percentage_that_was_sent_is_rounded_down_too(String sent, String percent) {
        Templates templates =
                Scratch.saying("{price.percent}").with("SCRATCH/type.yaml", """
                description: A type for a test
                category: news
                channels: [sms]
                variables: { price: { type: number, required: true, example: 1, description: Any } }
                """).templates();

        assertThat(((RenderedText) Scratch.rendered(templates, Map.of("price", new BigDecimal(sent)), Scratch.ALICE))
                        .text())
                .isEqualTo(percent);
    }

    private static String money(String amount, String currency) {
        return AmountFunctions.money(new BigDecimal(amount), currency, Locale.ENGLISH);
    }
}
