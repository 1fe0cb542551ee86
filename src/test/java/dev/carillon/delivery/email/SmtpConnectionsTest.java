package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.SettableClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many connections there may be to a server that does not take as many as we would have. */
class SmtpConnectionsTest {

    private final SettableClock clock = new SettableClock();
    private final SmtpConnections connections = new SmtpConnections(10, clock);

    @Test
    void as_many_as_are_configured_and_each_counts_once_however_often_it_is_released() {
        // When
        var taken = connections.take();
        connections.take();

        // Then
        assertThat(connections.free()).isEqualTo(8);
        taken.release();
        taken.release();
        assertThat(connections.free()).isEqualTo(9);
    }

    @Test
    void as_many_as_work_when_another_one_is_refused_and_one_more_each_minute() {
        try (var stopped = clock.stop()) {
            // When
            assertThat(connections.refused(3)).isTrue();

            // Then
            for (int allowed = 3; allowed <= 10; allowed++) {
                assertThat(connections.free()).isEqualTo(allowed);
                clock.advance(SmtpConnections.GROWS_AFTER);
            }
            assertThat(connections.free()).isEqualTo(10);
        }
    }

    @Test
    void never_more_because_one_was_refused() {
        try (var stopped = clock.stop()) {
            // When
            connections.refused(2);
            connections.refused(5);

            // Then
            assertThat(connections.free()).isEqualTo(2);
        }
    }

    @Test
    void fewer_each_time_while_nobody_knows_yet_which_will_work_and_trouble_when_the_last_is_refused() {
        try (var stopped = clock.stop()) {
            // Given
            var taken = IntStream.range(0, 10).mapToObj(i -> connections.take()).toList();

            for (int left = 9; left > 0; left--) {
                // When
                taken.get(left).release();

                // Then
                assertThat(connections.refused(0)).isTrue();
                assertThat(connections.free()).isZero();
            }

            // When
            taken.get(0).release();

            // Then
            assertThat(connections.refused(0)).isFalse();
            assertThat(connections.free()).as("the next one finds out alone").isEqualTo(1);
        }
    }
}
