package dev.carillon.platform.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of field takes, and how it is kept: one table for both doors, whose own tests show that they keep to it. */
class KindTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String REFUSED = "refused";

    static Stream<Arguments> values() {
        return Stream.of(
                of(Kind.STRING, "\"UPS\"", "UPS"),
                of(Kind.STRING, "\" UPS\\u00a0\"", "UPS"),
                of(Kind.STRING, "\"a\\nb\"", "a\nb"),
                of(Kind.STRING, "\"" + "x".repeat(4_096) + "\"", "x".repeat(4_096)),
                of(Kind.STRING, "\"" + "x".repeat(4_097) + "\"", REFUSED),
                of(Kind.STRING, "5", REFUSED),
                of(Kind.STRING, "true", REFUSED),
                of(Kind.STRING, "[]", REFUSED),
                of(Kind.STRING, "{}", REFUSED),
                of(Kind.ID, "\"ord-1\"", "ord-1"),
                of(Kind.ID, "\" ord-1 \"", "ord-1"),
                of(Kind.ID, "\"" + "x".repeat(200) + "\"", "x".repeat(200)),
                of(Kind.ID, "\"" + "x".repeat(201) + "\"", REFUSED),
                of(Kind.ID, "\"zażółć\\n\"", "zażółć"),
                of(Kind.ID, "7", REFUSED),
                of(Kind.AMOUNT, "0", "0"),
                of(Kind.AMOUNT, "-0.0", "0"),
                of(Kind.AMOUNT, "149.90", "149.9"),
                of(Kind.AMOUNT, "12.3456789012345678901", "12.3456789012345678901"),
                of(Kind.AMOUNT, "1e3", "1000"),
                of(Kind.AMOUNT, "-1", REFUSED),
                of(Kind.AMOUNT, "-0.01", REFUSED),
                of(Kind.AMOUNT, "1e18", REFUSED),
                of(Kind.AMOUNT, "999999999999999999", "999999999999999999"),
                of(Kind.AMOUNT, "1e-50", REFUSED),
                of(Kind.AMOUNT, "\"149.90\"", REFUSED),
                of(Kind.AMOUNT, "true", REFUSED),
                of(Kind.PERCENT, "25", "25"),
                of(Kind.PERCENT, "12.5", "12.5"),
                of(Kind.PERCENT, "0", "0"),
                of(Kind.PERCENT, "100", "100"),
                of(Kind.PERCENT, "100.01", REFUSED),
                of(Kind.PERCENT, "-1", REFUSED),
                of(Kind.PERCENT, "\"25\"", REFUSED),
                of(Kind.PERCENT, "\"25%\"", REFUSED),
                of(Kind.CURRENCY, "\"EUR\"", "EUR"),
                of(Kind.CURRENCY, "\"eur\"", "EUR"),
                of(Kind.CURRENCY, "\" EUR\"", "EUR"),
                of(Kind.CURRENCY, "\"EUR\\u2003\"", "EUR"),
                of(Kind.CURRENCY, "\"XXX\"", "XXX"),
                of(Kind.CURRENCY, "\"EU\"", REFUSED),
                of(Kind.CURRENCY, "\"€\"", REFUSED),
                of(Kind.CURRENCY, "\"EURO\"", REFUSED),
                of(Kind.CURRENCY, "\"ＥＵＲ\"", REFUSED),
                of(Kind.CURRENCY, "\"E R\"", REFUSED),
                of(Kind.CURRENCY, "978", REFUSED),
                of(Kind.COUNT, "1", "1"),
                of(Kind.COUNT, "1.0", "1"),
                of(Kind.COUNT, "0", "0"),
                of(Kind.COUNT, "1e2", "100"),
                of(Kind.COUNT, "2147483647", "2147483647"),
                of(Kind.COUNT, "2147483648", REFUSED),
                of(Kind.COUNT, "-1", REFUSED),
                of(Kind.COUNT, "1.5", REFUSED),
                of(Kind.COUNT, "\"1\"", REFUSED),
                of(Kind.COUNT, "99999999999999999999", REFUSED),
                of(Kind.INTEGER, "-3", "-3"),
                of(Kind.INTEGER, "3.0", "3"),
                of(Kind.INTEGER, "3.5", REFUSED),
                of(Kind.NUMBER, "-3.5", "-3.5"),
                of(Kind.NUMBER, "1e400", REFUSED),
                of(Kind.BOOLEAN, "true", "true"),
                of(Kind.BOOLEAN, "\"true\"", REFUSED),
                of(Kind.BOOLEAN, "1", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-07-01\"", "2026-07-01"),
                of(Kind.TIMESTAMP, "\" 2026-07-01 \"", "2026-07-01"),
                of(Kind.TIMESTAMP, "\"2026-07-01T10:00Z\"", "2026-07-01T10:00Z"),
                of(Kind.TIMESTAMP, "\"2026-07-01T10:00:00.123456789+05:30\"", "2026-07-01T10:00:00.123456789+05:30"),
                of(Kind.TIMESTAMP, "\"0001-01-01\"", "0001-01-01"),
                of(Kind.TIMESTAMP, "\"9999-12-31T23:59:59-18:00\"", "9999-12-31T23:59:59-18:00"),
                of(Kind.TIMESTAMP, "\"0000-01-01\"", REFUSED),
                of(Kind.TIMESTAMP, "\"0000-12-31T23:00:00Z\"", REFUSED),
                of(Kind.TIMESTAMP, "\"-0001-01-01\"", REFUSED),
                of(Kind.TIMESTAMP, "\"+10000-01-01\"", REFUSED),
                of(Kind.TIMESTAMP, "\"+10000-01-01T00:00:00Z\"", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-02-29\"", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-07-01T10:00:00\"", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-7-1\"", REFUSED),
                of(Kind.TIMESTAMP, "\"01.07.2026\"", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-07-01 10:00:00Z\"", REFUSED),
                of(Kind.TIMESTAMP, "\"20260701\"", REFUSED),
                of(Kind.TIMESTAMP, "\"2026-W27\"", REFUSED),
                of(Kind.TIMESTAMP, "1782864000", REFUSED),
                of(Kind.TIMESTAMP, "\"soon\"", REFUSED));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_kind_takes_what_it_is_and_nothing_else(Kind kind, String json, String kept) throws Exception {
        var read = PlainValue.of(kind, MAPPER.readValue(json, Object.class));

        assertThat(read instanceof PlainValue.Fit fit ? written(fit.value()) : REFUSED)
                .isEqualTo(kept);
    }

    static Stream<String> blanks() {
        return Stream.of("", " ", "\t\r\n", "\u00a0", "\u2003\u200b", "\ufeff", "\u3164", "\u2800\u00ad", "\u0001");
    }

    @ParameterizedTest
    @MethodSource("blanks")
    void there_is_one_notion_of_blank(String blank) {
        assertThat(Blank.isAbsent(blank)).isTrue();
        assertThat(Blank.toNull(blank)).isNull();
    }

    private static String written(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static Arguments of(Kind kind, String json, String kept) {
        return Arguments.of(kind, json, kept);
    }
}
