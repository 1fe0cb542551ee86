package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

import org.junit.jupiter.api.Test;

class AmountWordsTest {

    @Test
    void money_has_two_decimals_rounded_half_up() {
        assertThat(money("119.99", "USD")).isEqualTo("$119.99");
        assertThat(money("0.005", "USD")).isEqualTo("$0.01");
        assertThat(money("1999", "USD")).isEqualTo("$1999.00");
        assertThat(money("-5", "GBP")).isEqualTo("-£5.00");
        assertThat(money("-0.001", "USD")).isEqualTo("$0.00");
    }

    @Test
    void money_knows_three_symbols_and_writes_other_currencies_behind() {
        assertThat(money("119.99", "EUR")).isEqualTo("€119.99");
        assertThat(money("119.99", " usd ")).isEqualTo("$119.99");
        assertThat(money("119.99", "CHF")).isEqualTo("119.99 CHF");
        assertThat(AmountWords.money(new BigDecimal("119.99"), null, Locale.ENGLISH)).isEqualTo("$119.99");
    }

    @Test
    void money_reads_the_same_wherever_the_server_stands() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"de-DE", "ar-EG", "tr-TR", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));

                assertThat(money("1119.99", "chf")).as(tag).isEqualTo("1119.99 CHF");
                assertThat(TextWords.code("insufficient funds")).as(tag).isEqualTo("INSUFFICIENT_FUNDS");
                assertThat(TextWords.day(LocalDate.of(2024, 6, 5), Locale.ENGLISH)).as(tag).isEqualTo("June 5, 2024");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void percent_off_is_a_whole_number_rounded_half_up() {
        assertThat(percentOff("119.99", "149.99")).isEqualTo("20");
        assertThat(percentOff("87.5", "100")).isEqualTo("13");
        assertThat(percentOff("100", "100")).isEqualTo("0");
        assertThat(percentOff("1", "0")).isEqualTo("0");
        assertThat(percentOff("0", "10")).isEqualTo("100");
    }

    private static String money(String amount, String currency) {
        return AmountWords.money(new BigDecimal(amount), currency, Locale.ENGLISH);
    }

    private static String percentOff(String amount, String old) {
        return AmountWords.percentOff(new BigDecimal(amount), new BigDecimal(old)).toPlainString();
    }
}
