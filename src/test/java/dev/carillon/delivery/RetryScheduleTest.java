package dev.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RandomGenerator RANDOM = RandomGenerator.of("SplittableRandom");

    private final RetrySchedule schedule = RetrySchedule.STANDARD;

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "4, PT8S", "5, PT16S"})
    void waits_up_to_the_pause_of_the_fast_stage(int failed, Duration pause) {
        // When
        var pauses = IntStream.range(0, 1000).mapToObj(i -> pauseAfter(failed)).toList();

        // Then
        assertThat(pauses).allMatch(waited -> !waited.isNegative() && !waited.isZero() && waited.compareTo(pause) <= 0);
        assertThat(pauses).anyMatch(waited -> waited.compareTo(pause.dividedBy(4)) < 0);
        assertThat(pauses)
                .anyMatch(waited -> waited.compareTo(pause.multipliedBy(3).dividedBy(4)) > 0);
    }

    @ParameterizedTest
    @CsvSource({"6, PT1M", "7, PT5M", "8, PT30M", "9, PT2H", "10, PT6H", "11, PT24H"})
    void waits_the_pause_of_the_slow_stage_and_up_to_a_fifth_more(int failed, Duration pause) {
        // When
        var pauses = IntStream.range(0, 1000).mapToObj(i -> pauseAfter(failed)).toList();

        // Then
        assertThat(pauses)
                .allMatch(waited -> waited.compareTo(pause) >= 0
                        && waited.compareTo(pause.multipliedBy(6).dividedBy(5)) <= 0);
        assertThat(pauses)
                .satisfies(all -> assertThat(all.stream().distinct().count()).isGreaterThan(50));
    }

    @Test
    void gives_up_after_the_twelfth_attempt() {
        // Then
        assertThat(schedule.attempts()).isEqualTo(12);
        assertThat(schedule.next(11, NOW, null, null, RANDOM)).isPresent();
        assertThat(schedule.next(12, NOW, null, null, RANDOM)).isEmpty();
        assertThat(schedule.next(12, NOW, Duration.ofSeconds(1), null, RANDOM)).isEmpty();
        assertThat(schedule.next(99, NOW, null, null, RANDOM)).isEmpty();
    }

    @Test
    void believes_a_provider_that_says_how_long_to_wait() {
        // Then
        assertThat(schedule.next(1, NOW, Duration.ofMinutes(7), null, RANDOM))
                .contains(NOW.plus(Duration.ofMinutes(7)));
        assertThat(schedule.next(11, NOW, Duration.ofSeconds(1), null, RANDOM)).contains(NOW.plusSeconds(1));
    }

    @Test
    void believes_nobody_who_says_for_ever_or_yesterday() {
        // Then
        assertThat(schedule.next(1, NOW, Duration.ofSeconds(Long.MAX_VALUE), null, RANDOM))
                .contains(NOW.plus(RetrySchedule.LONGEST_WAIT));
        assertThat(schedule.next(1, NOW, Duration.ofDays(-1), null, RANDOM)).contains(NOW);
    }

    @Test
    void does_not_wait_for_a_time_when_it_is_of_no_use_any_more() {
        // Given
        var asked = Duration.ofMinutes(1);

        // Then
        assertThat(schedule.next(1, NOW, asked, NOW.plusSeconds(61), RANDOM)).contains(NOW.plusSeconds(60));
        assertThat(schedule.next(1, NOW, asked, NOW.plusSeconds(60), RANDOM)).isEqualTo(Optional.empty());
        assertThat(schedule.next(6, NOW, null, NOW.plusSeconds(59), RANDOM)).isEqualTo(Optional.empty());
    }

    private Duration pauseAfter(int failed) {
        return Duration.between(
                NOW, schedule.next(failed, NOW, null, null, RANDOM).orElseThrow());
    }
}
