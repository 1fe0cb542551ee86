package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock();

    @Test
    void runs_on_real_time_until_it_is_bent_and_again_afterwards() {
        // Given
        assertThat(clock.instant()).isCloseTo(Clock.systemUTC().instant(), within(5, ChronoUnit.SECONDS));

        // When
        try (var bent = clock.stopAt(NEW_YEAR)) {
            assertThat(clock.instant()).isEqualTo(NEW_YEAR);
        }

        // Then
        assertThat(clock.instant()).isCloseTo(Clock.systemUTC().instant(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void stands_still_until_it_is_advanced_in_every_zone() {
        // Given
        try (var bent = clock.stopAt(NEW_YEAR)) {
            var kathmandu = clock.withZone(ZoneId.of("Asia/Kathmandu"));

            // When
            clock.advance(Duration.ofMinutes(3));

            // Then
            assertThat(clock.millis()).isEqualTo(NEW_YEAR.plusSeconds(180).toEpochMilli());
            assertThat(kathmandu.instant()).isEqualTo(NEW_YEAR.plusSeconds(180));
            assertThat(kathmandu.getZone()).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        }
    }

    @Test
    void runs_ahead_of_real_time() {
        // When
        try (var bent = clock.ahead(Duration.ofDays(1))) {
            clock.advance(Duration.ofDays(1));

            // Then
            assertThat(clock.instant())
                    .isCloseTo(Clock.systemUTC().instant().plus(2, ChronoUnit.DAYS), within(5, ChronoUnit.SECONDS));
        }
    }

    @Test
    void refuses_to_be_bent_twice_or_advanced_without_anybody_to_straighten_it() {
        // Then
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        try (var bent = clock.stop()) {
            assertThatThrownBy(() -> clock.ahead(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        }
    }
}
