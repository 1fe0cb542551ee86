package dev.carillon.delivery.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                " 7 | PT7S",
                "99999999999999999999 | PT8760H",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT37S",
                "Sun Nov  6 08:49:37 1994 | PT37S",
                "Sun, 06 Nov 1994 08:00:00 GMT | PT0S",
                "Sun, 06 Nov 2094 08:00:00 GMT | PT8760H"
            })
    void seconds_and_dates_are_understood(String header, Duration asked) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(asked);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "-5", "1.5", "soon", "06 Nov", "1e9", "١٢"})
    void anything_else_is_as_good_as_nothing(String header) {
        assertThat(RetryAfter.of(header, NOW)).isNull();
    }

    @Test
    void a_long_one_is_not_even_read() {
        assertThat(RetryAfter.of("Sun, ".repeat(100_000), NOW)).isNull();
    }
}
