package dev.carillon.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.carillon.notification.preference.QuietHours.Window;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource({
        // windows,                    at,                   until
        "22:00-07:00,                  2026-06-01T21:59:59Z, ",
        "22:00-07:00,                  2026-06-01T22:00:00Z, 2026-06-02T07:00:00Z",
        "22:00-07:00,                  2026-06-02T06:59:59Z, 2026-06-02T07:00:00Z",
        "22:00-07:00,                  2026-06-02T07:00:00Z, ",
        "13:00-15:00,                  2026-06-01T13:00:00Z, 2026-06-01T15:00:00Z",
        "13:00-15:00,                  2026-06-01T15:00:00Z, ",
        "13:00-15:00 22:00-07:00,      2026-06-01T14:00:00Z, 2026-06-01T15:00:00Z",
        "13:00-15:00 22:00-07:00,      2026-06-01T23:00:00Z, 2026-06-02T07:00:00Z",
        "13:00-15:00 15:00-16:00,      2026-06-01T14:00:00Z, 2026-06-01T16:00:00Z", // one goes on where the other ends
        "22:00-03:00 02:00-05:00,      2026-06-01T23:00:00Z, 2026-06-02T05:00:00Z", // they overlap
        "00:00-00:00,                  2026-06-01T00:00:00Z, ", // off
        "08:00-08:00 22:00-23:00,      2026-06-01T22:30:00Z, 2026-06-01T23:00:00Z",
        "00:00-12:00 12:00-00:00,      2026-06-01T05:00:00Z, ", // would be for ever
        "23:00-22:59,                  2026-06-01T05:00:00Z, 2026-06-01T22:59:00Z"
    })
    void is_over_at_the_end_of_what_holds_now(String windows, Instant at, Instant until) {
        assertThat(hours(windows).until(at, UTC).orElse(null)).isEqualTo(until);
    }

    @ParameterizedTest
    @CsvSource({
        // the night of 2026-03-29 has no 02:00 to 03:00
        "22:00-02:30, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z", // 01:59:59 +1; 02:30 is 03:00 +2
        "22:00-02:30, 2026-03-29T01:00:00Z, ",
        "02:30-04:00, 2026-03-29T00:59:59Z, ",
        "02:30-04:00, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        "02:15-02:45, 2026-03-29T01:00:00Z, ", // has no minute that night
        // the night of 2026-10-25 has 02:00 to 03:00 twice
        "22:00-02:30, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
        "22:00-02:30, 2026-10-25T00:30:00Z, ", // over when it is 02:30 for the first time
        "22:00-02:30, 2026-10-25T01:15:00Z, ", // 02:15 for the second time
        "02:30-04:00, 2026-10-25T00:30:00Z, 2026-10-25T03:00:00Z",
        "22:00-07:00, 2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z"
    })
    void follows_the_clock_on_the_wall_where_it_is_put_forward_and_back(String windows, Instant at, Instant until) {
        assertThat(hours(windows).until(at, BERLIN).orElse(null)).isEqualTo(until);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-07:00,             2026-06-01T21:59:59Z, 2026-06-01T22:00:00Z",
        "22:00-07:00,             2026-06-01T22:00:00Z, 2026-06-02T22:00:00Z",
        "22:00-07:00 13:00-14:00, 2026-06-01T08:00:00Z, 2026-06-01T13:00:00Z",
        "08:00-08:00,             2026-06-01T08:00:00Z, "
    })
    void begins_again_at_the_next_start(String windows, Instant at, Instant next) {
        assertThat(hours(windows).next(at, UTC).orElse(null)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00:00-12:00 12:00-00:00", "22:00-10:00 09:00-22:00", "00:00-08:00 08:00-16:00 16:00-00:00"})
    void leave_no_hour_where_the_windows_fill_the_day(String windows) {
        assertThat(hours(windows).leaveNoHour()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00-23:59", "00:00-12:00 12:01-00:00", "08:00-08:00", "22:00-07:00"})
    void leave_an_hour_where_they_do_not(String windows) {
        assertThat(hours(windows).leaveNoHour()).isFalse();
    }

    @Test
    void are_kept_as_they_were_said() throws JsonProcessingException {
        // Given
        var json = new ObjectMapper().registerModule(new JavaTimeModule());

        // When
        var written = json.writeValueAsString(hours("22:00-07:00"));

        // Then
        assertThat(written).isEqualTo("[{\"start\":\"22:00\",\"end\":\"07:00\"}]");
        assertThat(json.readValue(written, QuietHours.class)).isEqualTo(hours("22:00-07:00"));
    }

    private static QuietHours hours(String windows) {
        return new QuietHours(Arrays.stream(windows.split(" "))
                .map(window -> window.split("-"))
                .map(ends -> new Window(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])))
                .toList());
    }
}
