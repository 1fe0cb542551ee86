package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.bus.Announcer;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.batch.Pacing;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/** Takes events request by request. It puts many requests into one transaction and answers each after the commit. */
@ApplicationScoped
class EventIntake {

    private static final MicroBatcher.Bounds BOUNDS = new MicroBatcher.Bounds(500, 2, 20_000);

    private enum Uptake {
        ACCEPTED,
        DUPLICATE,
        REFUSED,
        UNFIT
    }

    private final Transactions transactions;
    private final EventJournal journal;
    private final Announcer announcer;
    private final MicroBatcher<EventEnvelope, Boolean> batcher;

    EventIntake(
            Transactions transactions, EventJournal journal, Announcer announcer, Pacing pacing, MeterRegistry meters) {
        this.transactions = transactions;
        this.journal = journal;
        this.announcer = announcer;
        this.batcher = new MicroBatcher<>(BOUNDS, pacing.pace(), EventIntake::liesInOneEvent, this::commit);
        Gauge.builder("carillon.events.waiting", batcher, MicroBatcher::waiting)
                .description("Events of requests that wait for a batch")
                .register(meters);
    }

    /** Answers after the commit; fails as a whole when the queue is full or the database away. */
    Uni<EventsResult> take(List<ReadEvent> readings) {
        return readings.isEmpty()
                ? Uni.createFrom().item(EventsResult.of(0, List.of(), List.of()))
                : Uni.join()
                        .all(readings.stream().map(this::take).toList())
                        .andFailFast()
                        .map(uptakes -> taken(readings, uptakes));
    }

    private Uni<Uptake> take(ReadEvent reading) {
        return !(reading instanceof ReadEvent.ValidEvent fit)
                ? Uni.createFrom().item(Uptake.UNFIT)
                : batcher.submit(fit.event())
                        .map(fresh -> fresh ? Uptake.ACCEPTED : Uptake.DUPLICATE)
                        .onFailure(EventIntake::liesInOneEvent)
                        .recoverWithItem(failure -> refused(fit.event(), failure));
    }

    /** Passed every check and yet cannot be stored or folded: a schema of the deployment's own may ask for less than the type does. */
    private static Uptake refused(EventEnvelope event, Throwable failure) {
        Log.warnf(
                "event rejected: it cannot be folded into memory: type=%s failure=%s",
                event.type(), PgFailures.nameOf(failure));
        return Uptake.REFUSED;
    }

    private static EventsResult taken(List<ReadEvent> readings, List<Uptake> uptakes) {
        var rejected = new ArrayList<EventsResult.Rejected>();
        var ignored = new ArrayList<EventsResult.Ignored>();
        for (int index = 0; index < readings.size(); index++) {
            if (readings.get(index) instanceof ReadEvent.InvalidEvent unfit) {
                rejected.add(new EventsResult.Rejected(index, unfit.problem()));
            } else if (uptakes.get(index) == Uptake.REFUSED) {
                rejected.add(new EventsResult.Rejected(index, Problem.invalid("", "does not fit its type")));
            } else if (uptakes.get(index) == Uptake.DUPLICATE) {
                ignored.add(new EventsResult.Ignored(index, Reason.DUPLICATE_EVENT));
            }
        }
        return EventsResult.of(Collections.frequency(uptakes, Uptake.ACCEPTED), rejected, ignored);
    }

    private Uni<List<Boolean>> commit(List<EventEnvelope> events) {
        return transactions
                .inTransaction(tx -> journal.append(tx, events))
                .invoke(recorded -> announcer.announce(recorded, "EventApi"))
                .map(recorded -> isNew(events, recorded));
    }

    private static List<Boolean> isNew(List<EventEnvelope> events, List<RecordedEvent> recorded) {
        var fresh = new IdentityHashMap<EventEnvelope, Boolean>();
        recorded.forEach(one -> fresh.put(one.event(), true));
        return events.stream().map(fresh::containsKey).toList();
    }

    /** A value PostgreSQL refuses, or data that does not fold: the others must not suffer. */
    private static boolean liesInOneEvent(Throwable failure) {
        return failure instanceof IllegalArgumentException || PgFailures.liesInTheData(failure);
    }
}
