package dev.carillon.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final SettableClock clock = new SettableClock();
    private final TestBuckets database = new TestBuckets();

    @Test
    void two_replicas_together_have_a_burst_and_then_the_rate_and_no_more() {
        try (var stopped = clock.stop()) {
            // Given
            var here = bucket(Rate.of(100));
            var there = bucket(Rate.of(100));

            // When
            int first = used(here) + used(there);
            int inTenSeconds = 0;
            for (int tenth = 0; tenth < 100; tenth++) {
                clock.advance(Duration.ofMillis(100));
                inTenSeconds += used(here) + used(there);
            }

            // Then
            assertThat(first).isEqualTo(100);
            assertThat(inTenSeconds).isBetween(990, 1_000);
        }
    }

    @Test
    void a_statement_brings_tokens_for_many() {
        // Given
        var bucket = bucket(Rate.of(1_000));

        // When
        bucket.refill().await().indefinitely();

        // Then
        assertThat(bucket.available()).isEqualTo(250);
        assertThat(database.leases).isEqualTo(1);
    }

    @Test
    void nobody_is_asked_while_it_is_known_to_be_empty() {
        try (var stopped = clock.stop()) {
            // Given
            var bucket = bucket(new Rate(1, 1));
            assertThat(used(bucket)).isEqualTo(1);
            int asked = database.leases;

            // When
            bucket.refill().await().indefinitely();
            bucket.refill().await().indefinitely();

            // Then
            assertThat(database.leases).isEqualTo(asked);
            assertThat(bucket.emptyFor()).isEqualTo(Duration.ofSeconds(1));

            // When
            clock.advance(Duration.ofSeconds(1));

            // Then
            assertThat(used(bucket)).isEqualTo(1);
        }
    }

    @Test
    void what_was_used_beyond_is_missing_from_the_next_slice() {
        try (var stopped = clock.stop()) {
            // Given
            var bucket = bucket(new Rate(1, 1));
            used(bucket);
            bucket.owe();

            // When
            clock.advance(Duration.ofSeconds(1));

            // Then
            assertThat(used(bucket)).as("paid back").isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(used(bucket)).isEqualTo(1);
        }
    }

    @Test
    void says_how_many_are_left() {
        try (var stopped = clock.stop()) {
            // Given
            var bucket = bucket(Rate.of(100));

            // When
            bucket.refill().await().indefinitely();
            bucket.take();

            // Then
            assertThat(bucket.remaining()).isEqualTo(99);
        }
    }

    @Test
    void a_rate_of_nothing_is_none() {
        assertThatThrownBy(() -> Rate.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rate.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private TokenBucket bucket(Rate rate) {
        return database.replica(clock).open("bucket", rate);
    }

    /** Until there is none. */
    private static int used(TokenBucket bucket) {
        int used = 0;
        while (true) {
            if (bucket.take()) {
                used++;
                continue;
            }
            bucket.refill().await().indefinitely();
            if (bucket.available() == 0) {
                return used;
            }
        }
    }
}
