package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns are compiled as far as they stay small, and what they come to is known before. */
class PatternsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "^[A-Z]{2}[0-9]{2}([ ]?[A-Z0-9]{4}){3,7}([ ]?[A-Z0-9]{1,3})?$~DE89 3704 0044 0532 0130 00",
                "^(\\d{1,3}\\.){3}\\d{1,3}$~192.168.0.1",
                "^[^@]+@[^@]+\\.[a-z]{2,}$~a@example.com",
                "(?i)^(order|return)-\\d{4,10}$~ORDER-12345",
                "^\\p{Lu}[\\pL ]*$~Ärger",
                "a{,3}~a{,3}",
                "x{900}~never mind",
                "[]{9}]+~]",
                "\\Q{1000}(\\E{2}~{1000}((",
                "[[:alpha:]]{5}~alpha",
                "(?P<year>\\d{4})-(?P<month>\\d{2})~2026-03"
            })
    void usual_ones_are_compiled(String pattern, String text) {
        // When
        boolean found = Patterns.compile(pattern).matcher(text).find();

        // Then
        assertThat(found).isEqualTo(!text.equals("never mind"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(x{1000}){1000}",
                "((x{100}){100}){100}",
                "(x{2}y{999}){2}",
                "(a|b|(c|d{500}){3})",
                "([ab]{500}){3}",
                "(\\pL{500}){3}",
                "(?:(?i)x{600}){2}",
                "(?P<n>x{600}){2}",
                "(\\Qabc\\E{1000}){1000}",
                "(\\x{61}{600}){2}",
                "(x{1000}){2,}",
                "(((((((x{9}){9}){9}){9}){9}){9}){9})"
            })
    void those_that_come_to_much_are_not(String pattern) {
        // When, Then
        assertThatThrownBy(() -> Patterns.compile(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", ")", "a(?=b)", "a**{", "(?P<n", "\\", "\\Q\\E{3", "x{1001}", "[[:", "\\p{"})
    void those_that_are_none_are_refused_without_harm(String pattern) {
        // When, Then
        try {
            assertThat(Patterns.compile(pattern).programSize()).isLessThanOrEqualTo(Patterns.LARGEST);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("not a valid RE2 pattern|the pattern is too large.*");
        }
    }
}
