package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Moment;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.eventsourced.timer.Timers;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Claims an address's next triggers: events in journal order, and between them the timers that were due before each.
 */
@ApplicationScoped
public class Triggers {

    private final EventJournal journal;
    private final Timers timers;
    private final Clock clock;

    Triggers(EventJournal journal, Timers timers, Clock clock) {
        this.journal = journal;
        this.timers = timers;
        this.clock = clock;
    }

    /** At most {@code limit}; none while another node answers the address. */
    Uni<List<Trigger>> claim(Tx tx, String address, int limit) {
        return journal.hold(tx, address)
                .chain(ours -> ours
                        ? journal.claim(tx, address, limit).chain(events -> with(tx, events, address, limit))
                        : Uni.createFrom().item(List.of()));
    }

    /** A timer that is due after the last event claimed has to wait for the events not claimed yet. */
    private Uni<List<Trigger>> with(Tx tx, Portion<PendingEvent> claimed, String address, int limit) {
        var events = claimed.events();
        var by = claimed.more() && !events.isEmpty()
                ? events.get(events.size() - 1).recorded().recordedAt()
                : clock.instant();
        return timers.due(tx, address, by, limit)
                .chain(waiting -> waiting.isEmpty()
                        ? Uni.createFrom()
                                .item(events.stream()
                                        .<Trigger>map(Trigger.EventPublished::new)
                                        .toList())
                        : timed(tx, journal, waiting)
                                .invoke(due -> due.forEach(Triggers::warnOfCancelled))
                                .map(due -> inOrder(
                                        events, due, due.size() == limit || due.size() < waiting.size(), limit)));
    }

    /**
     * Timers with the event that armed them, if the journal still has it, and the position as of which their facts are
     * read: the last one before their time. If their events would be too much to read at once, only the first of them.
     */
    public static Uni<List<Trigger.TimedTrigger>> timed(Tx tx, EventJournal journal, List<Timer> timers) {
        var places = timers.stream().map(Timer::armedBy).distinct().toList();
        return journal.at(tx, places).chain(armedBy -> {
            var known = known(timers, places, armedBy);
            return journal.positionsAt(
                            tx,
                            known.stream()
                                    .map(timer -> new Moment(timer.tenant(), timer.dueAt()))
                                    .toList())
                    .map(positions -> timed(known, armedBy.events(), positions));
        });
    }

    private static List<Timer> known(List<Timer> timers, List<EventPlace> places, Portion<RecordedEvent> armedBy) {
        if (!armedBy.more()) {
            return timers;
        }
        var looked = new HashSet<>(places.subList(
                0,
                places.indexOf(armedBy.events().get(armedBy.events().size() - 1).place()) + 1));
        return timers.stream()
                .takeWhile(timer -> looked.contains(timer.armedBy()))
                .toList();
    }

    private static List<Trigger.TimedTrigger> timed(
            List<Timer> timers, List<RecordedEvent> armedBy, List<Long> positions) {
        Map<EventPlace, RecordedEvent> byPlace =
                armedBy.stream().collect(Collectors.toMap(RecordedEvent::place, Function.identity()));
        var due = new ArrayList<Trigger.TimedTrigger>(timers.size());
        for (int i = 0; i < timers.size(); i++) {
            var timer = timers.get(i);
            var event = byPlace.get(timer.armedBy());
            var asOf = Math.max(positions.get(i), timer.armedBy().position());
            due.add(event == null ? new Trigger.EventGone(timer, asOf) : new Trigger.TimerDue(timer, event, asOf));
        }
        return due;
    }

    private static void warnOfCancelled(Trigger.TimedTrigger due) {
        if (due instanceof Trigger.EventGone) {
            Log.warnf(
                    "the event that armed a timer is no longer in the journal; the timer is cancelled: timerId=%s ruleId=%s position=%d",
                    due.timer().id(),
                    due.timer().rule().id(),
                    due.timer().armedBy().position());
        }
    }

    /** @param moreDue whether there are more timers, that are due after these */
    static List<Trigger> inOrder(
            List<PendingEvent> events, List<? extends Trigger.TimedTrigger> due, boolean moreDue, int limit) {
        var triggers = new ArrayList<Trigger>(limit);
        int nextEvent = 0;
        int nextDue = 0;
        while (triggers.size() < limit && (nextEvent < events.size() || nextDue < due.size())) {
            if (nextDue < due.size()
                    && (nextEvent == events.size()
                            || !due.get(nextDue).at().isAfter(recordedAt(events.get(nextEvent))))) {
                triggers.add(due.get(nextDue++));
            } else if (nextDue == due.size() && moreDue) {
                break; // they may be due before this event
            } else {
                triggers.add(new Trigger.EventPublished(events.get(nextEvent++)));
            }
        }
        return triggers;
    }

    private static Instant recordedAt(PendingEvent event) {
        return event.recorded().recordedAt();
    }
}
