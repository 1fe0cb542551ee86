package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever a round throws, the next one that is asked for begins. */
class RoundsTest {

    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void after_an_error_there_is_another_round() {
        // Given
        var rounds = new Rounds(this::tooDeep, failure -> {});

        // When
        rounds.look();
        rounds.look();

        // Then
        assertThat(begun).hasValue(2);
    }

    @Test
    void whoever_cannot_even_be_told_stops_nothing() {
        // Given
        var rounds = new Rounds(this::tooDeep, failure -> {
            throw new IllegalStateException("no log to write to");
        });

        // When
        rounds.look();
        rounds.look();

        // Then
        assertThat(begun).hasValue(2);
        rounds.stop().await().atMost(Duration.ofSeconds(1));
    }

    private Uni<Boolean> tooDeep() {
        begun.incrementAndGet();
        throw new StackOverflowError();
    }
}
