package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final String HERE = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final FailedAttempts attempts = new FailedAttempts(6, clock, new SimpleMeterRegistry());

    @Test
    void a_few_are_nothing_and_more_have_to_wait_for_one_that_comes_back_with_time() {
        try (var stopped = clock.stop()) {
            // Given
            failTimes(6);

            // Then
            assertThat(attempts.another(HERE)).contains(Duration.ofSeconds(10));
            clock.advance(Duration.ofSeconds(4));
            assertThat(attempts.another(HERE)).contains(Duration.ofSeconds(6));
            clock.advance(Duration.ofSeconds(6));
            assertThat(attempts.another(HERE)).isEmpty();
            assertThat(attempts.another(HERE)).isPresent();
            clock.advance(Duration.ofHours(1));
            failTimes(6);
            assertThat(attempts.another(HERE)).isPresent();
        }
    }

    @Test
    void nobody_pays_for_somebody_elses() {
        try (var stopped = clock.stop()) {
            failTimes(6);
            assertThat(attempts.another(HERE)).isPresent();
            assertThat(attempts.another("192.0.2.2")).isEmpty();
        }
    }

    @Test
    void the_log_hears_of_it_once_a_minute() {
        try (var stopped = clock.stop()) {
            assertThat(IntStream.range(0, 100).filter(n -> attempts.isToBeSaid()))
                    .hasSize(1);
            clock.advance(Duration.ofSeconds(59));
            assertThat(attempts.isToBeSaid()).isFalse();
            clock.advance(Duration.ofSeconds(1));
            assertThat(attempts.isToBeSaid()).isTrue();
        }
    }

    private void failTimes(int times) {
        IntStream.range(0, times)
                .forEach(n -> assertThat(attempts.another(HERE)).as("%d", n).isEmpty());
    }
}
