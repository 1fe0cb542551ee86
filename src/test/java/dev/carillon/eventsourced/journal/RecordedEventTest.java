package dev.carillon.eventsourced.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.lww.Stamp;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedEventTest {

    private static final Instant RECORDED = Instant.parse("2026-03-01T12:00:00.000001Z");

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2026-03-01T11:59:59.999999999Z, 2026-03-01T11:59:59.999999Z",
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z"
    })
    void what_happened_earlier_counts_by_when_it_happened(Instant occurred, Instant counts) {
        assertThat(recorded(occurred).at()).isEqualTo(counts);
        assertThat(recorded(occurred).stamp()).isEqualTo(new Stamp(counts, 0, "e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00.000001Z",
                "2026-03-01T12:00:00.000001999Z",
                "2026-03-01T12:10:00Z",
                "2099-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void what_is_said_to_happen_later_counts_by_when_it_was_recorded(Instant occurred) {
        assertThat(recorded(occurred).at()).isEqualTo(RECORDED);
        assertThat(recorded(occurred).stamp()).isEqualTo(new Stamp(RECORDED, 7, "e"));
    }

    @Test
    void what_the_sender_said_stays() {
        assertThat(recorded(Instant.parse("2099-01-01T00:00:00.123456789Z"))
                        .event()
                        .occurredAt())
                .isEqualTo("2099-01-01T00:00:00.123456789Z");
    }

    private static RecordedEvent recorded(Instant occurred) {
        return new RecordedEvent(
                7, RECORDED, new EventEnvelope("t", "e", "/test", "x", "c", occurred, Map.of(), Map.of(), Map.of()));
    }
}
