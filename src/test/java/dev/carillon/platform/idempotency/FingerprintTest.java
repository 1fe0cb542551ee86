package dev.carillon.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1.5, \"b\": 2} | {\"b\":2,\"a\":1.50}",
                "[1e3] | [1000.0]",
                "[12345678901234567.890] | [12345678901234567.89]",
                "[1e-1000000000] | [10e-1000000001]"
            })
    void the_same_said_in_another_way_is_the_same(String one, String other) throws JsonProcessingException {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1.5] | [1.51]",
                "[12345678901234567.89] | [12345678901234567.88]",
                "[\"1.5\"] | [1.5]",
                "[1e-1000000000] | [0.0]"
            })
    void what_says_something_else_is_not(String one, String other) throws JsonProcessingException {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    private static byte[] of(String json) throws JsonProcessingException {
        return Fingerprint.of(MAPPER.readTree(json));
    }
}
