package dev.carillon.delivery.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSizeTest {

    @ParameterizedTest
    @CsvSource({
        "a, 0, 1", "a, 1, 1", "a, 160, 1", "a, 161, 2", "a, 306, 2", "a, 307, 3", "a, 1600, 11",
        "€, 80, 1", "€, 81, 2", "€, 152, 2", "€, 153, 3", "[, 80, 1", "é, 160, 1", "Ω, 161, 2"
    })
    void the_own_alphabet_has_160_and_153_a_segment_and_some_of_it_counts_twice(
            String character, int times, int segments) {
        assertThat(SmsSize.of(character.repeat(times)).encoding()).isEqualTo("GSM-7");
        assertThat(SmsSize.of(character.repeat(times)).segments()).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource({
        "ж, 70, 1",
        "ж, 71, 2",
        "ж, 134, 2",
        "ж, 135, 3",
        "ê, 71, 2",
        "’, 71, 2",
        "😀, 35, 1",
        "😀, 36, 2",
        "😀, 66, 2",
        "😀, 67, 3",
        "–, 70, 1"
    })
    void any_other_character_makes_it_70_and_67(String character, int times, int segments) {
        assertThat(SmsSize.of(character.repeat(times)).encoding()).isEqualTo("UCS-2");
        assertThat(SmsSize.of(character.repeat(times)).segments()).isEqualTo(segments);
    }

    @Test
    void an_escape_and_a_pair_are_not_divided_between_two_segments() {
        assertThat(SmsSize.of("a".repeat(152) + "€" + "a".repeat(151))).isEqualTo(new SmsSize("GSM-7", 305, 2));
        assertThat(SmsSize.of("a".repeat(152) + "€" + "a".repeat(152))).isEqualTo(new SmsSize("GSM-7", 306, 3));
        assertThat(SmsSize.of("ж".repeat(66) + "😀" + "ж".repeat(65))).isEqualTo(new SmsSize("UCS-2", 133, 2));
        assertThat(SmsSize.of("ж".repeat(66) + "😀" + "ж".repeat(66))).isEqualTo(new SmsSize("UCS-2", 134, 3));
    }

    @Test
    void one_strange_character_more_than_doubles_the_price() {
        assertThat(SmsSize.of("a".repeat(159) + "!").segments()).isEqualTo(1);
        assertThat(SmsSize.of("a".repeat(159) + "‚").segments()).isEqualTo(3);
        assertThat(SmsSize.of("a€😀")).isEqualTo(new SmsSize("UCS-2", 4, 1));
    }
}
