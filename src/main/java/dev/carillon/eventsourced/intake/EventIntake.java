package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.bus.Announcer;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** For events that come request by request: many requests share one transaction, and each is answered after its commit. */
@ApplicationScoped
class EventIntake {

    private static final MicroBatcher.Bounds BOUNDS = new MicroBatcher.Bounds(500, 2, 20_000);

    private final Transactions transactions;
    private final EventJournal journal;
    private final Announcer announcer;
    private final MicroBatcher<EventEnvelope, Boolean> batcher = new MicroBatcher<>(BOUNDS, EventIntake::liesInOneEvent, this::commit);

    EventIntake(Transactions transactions, EventJournal journal, Announcer announcer, MeterRegistry meters) {
        this.transactions = transactions;
        this.journal = journal;
        this.announcer = announcer;
        meters.gauge("carillon.events.waiting", batcher, MicroBatcher::waiting);
    }

    /** @return after the commit, whether the event was new */
    Uni<Boolean> take(EventEnvelope event) {
        return batcher.submit(event);
    }

    private Uni<List<Boolean>> commit(List<EventEnvelope> events) {
        return transactions.inTransaction(tx -> journal.append(tx, events))
                .invoke(recorded -> announcer.announce(recorded, "EventApi"))
                .map(recorded -> isNew(events, recorded));
    }

    private static List<Boolean> isNew(List<EventEnvelope> events, List<RecordedEvent> recorded) {
        var fresh = new IdentityHashMap<EventEnvelope, Boolean>();
        recorded.forEach(one -> fresh.put(one.event(), true));
        var answers = new ArrayList<Boolean>(events.size());
        events.forEach(event -> answers.add(fresh.containsKey(event)));
        return answers;
    }

    /** A value PostgreSQL refuses, or data that does not fold: the others must not suffer. */
    private static boolean liesInOneEvent(Throwable failure) {
        return failure instanceof IllegalArgumentException || PgFailures.liesInTheData(failure);
    }
}
