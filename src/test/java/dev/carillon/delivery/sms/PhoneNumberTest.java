package dev.carillon.delivery.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({"+1-555-0101, +15550101", "+49 (30) 1234-567, +49301234567", "+15557654321, +15557654321"})
    void a_number_is_written_as_providers_take_it(String written, String e164) {
        assertThat(PhoneNumber.e164(written)).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "555-0101", "0049301234567", "+0301234567", "+1234567890123456", "+15550101;ext=1", "alice@example.com", "+１５５５０１０１"})
    void what_is_no_number_with_a_country_code_is_none(String written) {
        assertThat(PhoneNumber.e164(written)).isNull();
    }
}
