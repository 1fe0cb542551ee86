package dev.carillon.notification.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForgedCallbacksTest {

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ForgedCallbacks forged = new ForgedCallbacks(clock, meters);

    @Test
    void each_is_counted_and_the_log_hears_of_them_once_a_minute() {
        try (var stopped = clock.stop()) {
            // When
            for (int n = 0; n < 100; n++) {
                forged.another("generic/acme", "The signature does not fit");
            }

            // Then
            assertThat(meters.counter("carillon.callbacks.forged", "provider", "generic/acme")
                            .count())
                    .isEqualTo(100);
            assertThat(forged.isToBeSaid()).as("said already").isFalse();
            clock.advance(Duration.ofMinutes(1));
            assertThat(forged.isToBeSaid()).isTrue();
        }
    }
}
