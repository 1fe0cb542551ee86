package dev.carillon.platform.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnstorableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"\\u0000\"}",
                "{\"a\\ud800\": 1}",
                "[\"b\", {\"a\": \"x\\\\\\ud83d\"}]",
                "{\"a\": 1E400}",
                "[1e400]",
                "[-1.5E+999]",
                "9223372036854775808",
                "[\"\\\"\", 92233720368547758080]",
                "1E-2147483648",
                "{\"a\": 0.5e-400}"
            })
    void what_may_hold_it_is_looked_through(String json) {
        assertThat(Unstorable.mayBeIn(json.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(Unstorable.mayBeIn(json.getBytes(StandardCharsets.UTF_16BE))).isTrue();
    }

    @Test
    void bytes_that_are_half_a_pair_are_looked_through() {
        assertThat(Unstorable.mayBeIn(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"ORDER_SHIPPED\", \"context\": {\"orderId\": \"ord-3e5\", \"amount\": 123456789.123456789, \"at\": \"2026-01-01T00:00:00.123456789Z\"}}",
                "[1, 2.5, -3, true, null, \"12345678901234567890\", \"C:\\\\users\", \"퟿🎉\"]",
                "{}",
                "999999999999999999"
            })
    void what_cannot_hold_it_is_parsed_once(String json) throws Exception {
        assertThat(Unstorable.mayBeIn(json.getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(Unstorable.in(new Json(new ObjectMapper()).tree(json.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }
}
