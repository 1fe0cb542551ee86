package dev.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private final Waits waits = Waits.NONE.and("smtp", NOON).and("sendgrid", NOON.plusSeconds(60));

    @Test
    void are_kept_as_json_and_none_as_nothing() {
        assertThat(Waits.parse(waits.json())).isEqualTo(waits);
        assertThat(Waits.NONE.json()).isNull();
        assertThat(Waits.parse(null)).isEqualTo(Waits.NONE);
    }

    @Test
    void bind_whom_they_name_until_their_end() {
        assertThat(waits.bind("smtp", NOON.minusMillis(1))).isTrue();
        assertThat(waits.bind("smtp", NOON)).isFalse();
        assertThat(waits.bind("other", NOON.minusMillis(1))).isFalse();
    }

    @Test
    void the_last_word_counts() {
        assertThat(waits.and("smtp", NOON.plusSeconds(120)).first(List.of("smtp", "sendgrid")))
                .hasValue(Map.entry("sendgrid", NOON.plusSeconds(60)));
    }

    @Test
    void of_providers_that_a_channel_has_no_more_nothing_is_waited_for() {
        assertThat(waits.first(List.of("sendgrid"))).hasValue(Map.entry("sendgrid", NOON.plusSeconds(60)));
        assertThat(waits.first(List.of("other"))).isEmpty();
    }
}
