package dev.carillon.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushChannelTest {

    @ParameterizedTest
    @ValueSource(strings = {"740f4707bebcf74f", "device-token:1", "cXyZ_-:APA91b/+=", " AbC-1 "})
    void a_word_is_one_and_keeps_its_case(String written) {
        assertThat(PushChannel.token(written).canonical()).contains(written.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\tb", "a\nb", "töken", "\u0000"})
    void what_is_no_word_is_none_and_not_quoted(String written) {
        assertThat(PushChannel.token(written).problem())
                .startsWith("must be the token of a device")
                .doesNotContain(written);
    }
}
