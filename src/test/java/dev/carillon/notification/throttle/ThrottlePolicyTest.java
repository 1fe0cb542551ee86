package dev.carillon.notification.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.throttle.ThrottlePolicy.ThrottleVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThrottlePolicyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void the_words_for_one_a_day_are_those_people_know() {
        // Then
        assertThat(day(1, NOON, UTC).detail()).isEqualTo("0 of 1 today");
        assertThat(day(1, NOON, UTC, NOON.minusSeconds(1)).detail()).isEqualTo("already sent today");
        assertThat(day(3, NOON, UTC, NOON, NOON).detail()).isEqualTo("2 of 3 today");
        assertThat(day(2, NOON, UTC, NOON, NOON).detail()).isEqualTo("2 already sent today");
    }

    @Test
    void a_day_is_the_recipients() {
        // Given
        var evening = Instant.parse("2026-03-01T22:59:59Z");
        var afterMidnightInBerlin = Instant.parse("2026-03-01T23:00:00Z");

        // Then
        assertThat(day(1, afterMidnightInBerlin, BERLIN, evening).allowed()).isTrue();
        assertThat(day(1, afterMidnightInBerlin, UTC, evening).allowed()).isFalse();
        assertThat(day(1, evening, BERLIN, NOON).allowed()).isFalse();
    }

    @Test
    void the_day_the_clocks_go_forward_has_23_hours() {
        // Given
        var firstInstant = Instant.parse("2026-03-28T23:00:00Z");
        var lastInstant = Instant.parse("2026-03-29T21:59:59Z");

        // When
        var verdict = day(1, lastInstant, BERLIN);

        // Then
        assertThat(verdict.windowStart()).isEqualTo(firstInstant);
        assertThat(verdict.until()).isEqualTo(firstInstant.plus(Duration.ofHours(23)));
        assertThat(day(1, lastInstant, BERLIN, firstInstant).allowed()).isFalse();
        assertThat(day(1, lastInstant.plusSeconds(1), BERLIN, firstInstant).allowed())
                .isTrue();
    }

    @Test
    void the_day_the_clocks_go_back_has_25_hours() {
        // Given
        var firstInstant = Instant.parse("2026-10-24T22:00:00Z");
        var lastInstant = firstInstant.plus(Duration.ofHours(25)).minusSeconds(1);

        // Then
        assertThat(day(1, lastInstant, BERLIN, firstInstant).allowed()).isFalse();
        assertThat(day(1, lastInstant.plusSeconds(1), BERLIN, firstInstant).allowed())
                .isTrue();
        assertThat(day(1, firstInstant.minusSeconds(1), BERLIN, firstInstant).allowed())
                .isTrue();
    }

    @Test
    void a_sliding_window_is_open_at_its_end() {
        // Given
        var throttle = new Throttle("k", 1, ThrottleWindow.sliding(HOUR));

        // Then
        assertThat(ThrottlePolicy.judge(throttle, sends(throttle, NOON), NOON.plus(HOUR), UTC)
                        .allowed())
                .isTrue();
        assertThat(ThrottlePolicy.judge(
                                throttle, sends(throttle, NOON), NOON.plus(HOUR).minusNanos(1), UTC)
                        .detail())
                .isEqualTo("1 already sent within PT1H");
    }

    @Test
    void a_send_decided_later_and_written_earlier_counts_too() {
        // Given
        var throttle = new Throttle("k", 1, ThrottleWindow.sliding(HOUR));

        // Then
        assertThat(ThrottlePolicy.judge(throttle, sends(throttle, NOON.plusSeconds(5)), NOON, UTC)
                        .allowed())
                .isFalse();
        assertThat(ThrottlePolicy.judge(throttle, sends(throttle, NOON.plus(HOUR)), NOON, UTC)
                        .allowed())
                .isTrue();
    }

    @Test
    void a_sliding_window_never_holds_more_than_its_max_and_a_fixed_one_may_at_its_edge() {
        // Given
        var everyTenMinutes = Stream.iterate(NOON, at -> at.plus(Duration.ofMinutes(10)))
                .limit(12)
                .toList();

        // Then
        assertThat(minutesOf(new Throttle("k", 2, ThrottleWindow.sliding(HOUR)), everyTenMinutes))
                .containsExactly(0L, 10L, 60L, 70L);
        assertThat(minutesOf(new Throttle("k", 2, ThrottleWindow.fixed(HOUR)), everyTenMinutes.subList(1, 12)))
                .containsExactly(10L, 20L, 70L, 80L);
    }

    @Test
    void a_fixed_window_opens_at_its_first_send() {
        // Given
        var throttle = new Throttle("k", 2, ThrottleWindow.fixed(HOUR));

        // When
        var first = ThrottlePolicy.judge(throttle, List.of(), NOON, UTC);
        var second = ThrottlePolicy.judge(throttle, sends(throttle, NOON), NOON.plusSeconds(60), UTC);
        var next = ThrottlePolicy.judge(throttle, sends(throttle, NOON), NOON.plus(HOUR), UTC);

        // Then
        assertThat(first.windowStart()).isEqualTo(NOON);
        assertThat(second.windowStart()).isEqualTo(NOON);
        assertThat(second.until()).isEqualTo(NOON.plus(HOUR));
        assertThat(next.windowStart()).isEqualTo(NOON.plus(HOUR));
    }

    @Test
    void the_second_of_two_in_one_batch_sees_the_first() {
        // Given
        var throttle = new Throttle("k", 1, ThrottleWindow.sliding(HOUR));
        var history = new ThrottleHistory(List.of());

        // When
        history.add(sends(throttle, NOON).get(0));

        // Then
        assertThat(history.of("acme", throttle)).hasSize(1);
        assertThat(history.of("other", throttle)).isEmpty();
        assertThat(history.added()).hasSize(1);
    }

    @Test
    void a_throttle_that_lets_nothing_through_is_a_mistake() {
        // Then
        assertThatThrownBy(() -> new Throttle("k", 0, ThrottleWindow.calendarDay()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Which of the attempts go out, in minutes after noon. */
    private static List<Long> minutesOf(Throttle throttle, List<Instant> attempts) {
        var sent = new ArrayList<CountedSend>();
        attempts.forEach(at -> {
            var verdict = ThrottlePolicy.judge(throttle, sent, at, UTC);
            if (verdict.allowed()) {
                sent.add(new CountedSend("acme", throttle.key(), at, verdict.windowStart(), verdict.until(), "n"));
            }
        });
        return sent.stream()
                .map(send -> Duration.between(NOON, send.at()).toMinutes())
                .toList();
    }

    private static ThrottleVerdict day(int max, Instant now, ZoneId zone, Instant... sent) {
        var throttle = new Throttle("k", max, ThrottleWindow.calendarDay());
        return ThrottlePolicy.judge(throttle, sends(throttle, sent), now, zone);
    }

    private static List<CountedSend> sends(Throttle throttle, Instant... at) {
        return Stream.of(at)
                .map(one -> new CountedSend("acme", throttle.key(), one, one, one, "n"))
                .toList();
    }
}
