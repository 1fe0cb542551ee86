package dev.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "alice@example.com, a***@example.com",
        "+1-555-0101, ***01",
        "\"odd@home\"@example.com, \"***@example.com",
        "😀smile@example.com, 😀***@example.com"
    })
    void shows_enough_to_recognise_and_too_little_to_use(String address, String masked) {
        // Then
        assertThat(MaskedAddress.of(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "12", "12345", "a@example.com", "@example.com"})
    void shows_nothing_of_what_is_too_short_to_hide_anything(String address) {
        // Then
        assertThat(MaskedAddress.of(address)).isEqualTo("***");
    }

    @Test
    void shows_no_more_of_a_url_than_of_a_number() {
        // Then
        assertThat(MaskedAddress.of("https://hooks.example.com/secret-17")).isEqualTo("***17");
        assertThat(MaskedAddress.of("https://me@hooks.example.com/secret-17")).isEqualTo("***");
    }

    @Test
    void starts_no_new_line_in_a_log() {
        // Then
        assertThat(MaskedAddress.of("a\nb@exa\r\nmple.com\u2028\u0085")).isEqualTo("a***@example.com");
    }
}
