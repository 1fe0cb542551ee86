package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.decision.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void timers_and_events_are_answered_in_order_of_time() {
        assertThat(inOrder(10, List.of(1, 4, 6), List.of(2, 3, 5)))
                .containsExactly("event 1", "timer 2", "timer 3", "event 4", "timer 5", "event 6");
    }

    @Test
    void what_is_due_at_the_time_of_an_event_comes_before_it() {
        assertThat(inOrder(10, List.of(1, 1, 2), List.of(1, 2)))
                .containsExactly("timer 1", "event 1", "event 1", "timer 2", "event 2");
    }

    @Test
    void no_more_than_the_limit_is_answered_at_once() {
        assertThat(inOrder(3, List.of(1, 2, 3), List.of(2, 9))).containsExactly("event 1", "timer 2", "event 2");
    }

    @Test
    void an_event_waits_when_more_timers_than_were_claimed_may_be_due_before_it() {
        assertThat(inOrder(2, List.of(5, 6), List.of(1, 2))).containsExactly("timer 1", "timer 2");
        assertThat(inOrder(2, List.of(1, 6), List.of(2, 3))).containsExactly("event 1", "timer 2");
    }

    @Test
    void either_may_come_alone() {
        assertThat(inOrder(5, List.of(1, 2), List.of())).containsExactly("event 1", "event 2");
        assertThat(inOrder(5, List.of(), List.of(1, 2))).containsExactly("timer 1", "timer 2");
        assertThat(inOrder(5, List.of(), List.of())).isEmpty();
    }

    private static List<String> inOrder(int limit, List<Integer> events, List<Integer> due) {
        var pending = IntStream.range(0, events.size())
                .mapToObj(n -> new PendingEvent(recorded(n + 1, events.get(n)), 0, null))
                .toList();
        var timers = due.stream()
                .map(at -> new Trigger.TimerDue(timer(at), recorded(0, 0), 0))
                .toList();
        return Triggers.inOrder(pending, timers, timers.size() == limit, limit).stream()
                .map(one -> (one instanceof Trigger.TimerDue ? "timer " : "event ")
                        + (one.at().getEpochSecond() - NOON.getEpochSecond()))
                .toList();
    }

    private static Timer timer(int second) {
        return new Timer(
                "t-" + second,
                "default",
                "bss.other",
                Timer.TimerKind.DELAY,
                new RuleRef("r", "v"),
                "c-1",
                "",
                recorded(0, 0).place(),
                NOON,
                NOON.plusSeconds(second),
                0);
    }

    private static RecordedEvent recorded(long position, int second) {
        return new RecordedEvent(
                position,
                NOON.plusSeconds(second),
                new EventEnvelope(
                        "default", "ev-" + position, "/test", "e", "c-1", NOON, Map.of(), Map.of(), Map.of()));
    }
}
