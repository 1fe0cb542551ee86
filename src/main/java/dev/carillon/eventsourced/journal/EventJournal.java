package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The durable event log. What it has taken is answered by a reaction exactly once, however often the process dies. */
@ApplicationScoped
public class EventJournal {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final PgEventJournal store;
    private final List<Projection> projections;
    private final Clock clock;

    EventJournal(PgEventJournal store, @All List<Projection> projections, Clock clock) {
        this.store = store;
        this.projections = projections;
        this.clock = clock;
    }

    /** Appends what is new and folds it; an event whose source and id were seen before is left out of the answer. */
    public Uni<List<RecordedEvent>> append(Tx tx, List<EventEnvelope> events) {
        return store.append(tx, events, clock.instant()).call(recorded -> fold(tx, recorded));
    }

    /** Takes up to {@code limit} unanswered events of an address, oldest first; others skip them until this transaction ends. */
    public Uni<List<PendingEvent>> claim(Tx tx, String address, int limit) {
        return store.claim(tx, address, limit, clock.instant());
    }

    /** Strikes answered events off, and remembers how far the others got. */
    public Uni<Void> answered(Tx tx, List<PendingEvent.Progress> progress) {
        return store.answered(tx, PendingEvent.done(progress)).chain(() -> store.left(tx, PendingEvent.left(progress)));
    }

    /** Puts an event that broke its reaction aside: tried again after 1, 2, 4, 8 seconds, then parked with its error. */
    public Uni<Void> putAside(Tx tx, PendingEvent event, String error) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(event.attempts(), 10));
        return store.putAside(tx, event.position(), error, clock.instant().plus(pause));
    }

    private Uni<Void> fold(Tx tx, List<RecordedEvent> recorded) {
        var folded = Uni.createFrom().voidItem();
        for (var projection : recorded.isEmpty() ? List.<Projection>of() : projections) {
            folded = folded.chain(() -> projection.fold(tx, recorded));
        }
        return folded;
    }

}
