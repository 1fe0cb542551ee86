package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.decision.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArmedTimersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ArmedTimers armed = new ArmedTimers();

    @Test
    void what_happened_before_anything_is_due_need_not_wait() {
        // Given
        armed.timer(timer("t", Timer.TimerKind.DELAY, 10));
        armed.digest(digest("d", 5));

        // Then
        assertThat(armed.comesBefore(heard(4), List.of())).isFalse();
        assertThat(armed.comesBefore(heard(4), List.of(key("other")))).isFalse();
    }

    @Test
    void what_is_due_at_the_time_of_an_event_comes_before_it() {
        // Given
        armed.timer(timer("t", Timer.TimerKind.DELAY, 10));
        armed.timer(timer("t", Timer.TimerKind.DELAY, 30));

        // Then
        assertThat(armed.comesBefore(heard(9), List.of())).isFalse();
        assertThat(armed.comesBefore(heard(10), List.of())).isTrue();
    }

    @Test
    void a_digest_that_ends_before_an_event_does_not_take_it() {
        // Given
        armed.digest(digest("d", 5));
        armed.digest(digest("d", 8));

        // Then: its last item moved its end
        assertThat(armed.comesBefore(heard(7), List.of(key("d")))).isFalse();
        assertThat(armed.comesBefore(heard(8), List.of(key("d")))).isTrue();
    }

    @Test
    void a_digest_that_was_claimed_before_it_took_an_item_is_claimed_again() {
        // Given
        armed.digest(digest("d", 9));

        // Then
        assertThat(armed.comesBefore(due("d", 8), List.of())).isTrue();
        assertThat(armed.comesBefore(due("other", 8), List.of())).isFalse();
    }

    @Test
    void nothing_joins_a_digest_that_is_being_closed() {
        // Given
        armed.answered(due("d", 8));

        // Then
        assertThat(armed.comesBefore(heard(9), List.of(key("d")))).isTrue();
        assertThat(armed.comesBefore(heard(9), List.of(key("other")))).isFalse();
    }

    private static Trigger heard(int second) {
        return new Trigger.EventPublished(new PendingEvent(recorded(second), 0, null));
    }

    private static Trigger due(String id, int second) {
        return new Trigger.TimerDue(timer(id, Timer.TimerKind.DIGEST, second), recorded(0), 0);
    }

    private static Digest digest(String id, int second) {
        return new Digest(timer(id, Timer.TimerKind.DIGEST, second), 1, 0, true, List.of());
    }

    private static Digest.DigestKey key(String id) {
        return Digest.DigestKey.of(timer(id, Timer.TimerKind.DIGEST, 0));
    }

    private static Timer timer(String id, Timer.TimerKind kind, int second) {
        return new Timer(
                id,
                "default",
                "bss.other",
                kind,
                new RuleRef("r", "v"),
                "c-1",
                id,
                new EventPlace(1, NOON),
                NOON,
                NOON.plusSeconds(second),
                0);
    }

    private static RecordedEvent recorded(int second) {
        return new RecordedEvent(
                second,
                NOON.plusSeconds(second),
                new EventEnvelope("default", "ev-" + second, "/test", "e", "c-1", NOON, Map.of(), Map.of(), Map.of()));
    }
}
