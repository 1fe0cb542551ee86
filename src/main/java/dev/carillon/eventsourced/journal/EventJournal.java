package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.PendingEvent.AnswerProgress;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable event log. A reaction answers each recorded event exactly once, however often the process dies. */
@ApplicationScoped
public class EventJournal {

    /** More of one type within one window does not count: of a subject's noise the latest part is looked at. */
    public static final int HEARD_AT_MOST = 200;
    /** Nor does more than this. */
    static final int HEARD_BYTES_AT_MOST = 1 << 19;
    /**
     * One read ends with the event that reaches this size. As values in memory an event takes a few times its size, one
     * of nothing but brackets twenty times.
     */
    public static final int BYTES_AT_ONCE = 1 << 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final PgEventJournal store;
    private final PgWalks walks;
    private final PgErasedEvents erased;
    private final List<Projection> projections;
    private final Clock clock;

    EventJournal(
            PgEventJournal store,
            PgWalks walks,
            PgErasedEvents erased,
            @All List<Projection> projections,
            Clock clock) {
        this.store = store;
        this.walks = walks;
        this.erased = erased;
        this.projections = projections;
        this.clock = clock;
    }

    /** Appends new events and folds them. Events whose source and id are known already are left out of the result. */
    public Uni<List<RecordedEvent>> append(Tx tx, List<EventEnvelope> events) {
        return store.append(tx, events, clock.instant()).call(recorded -> fold(tx, recorded));
    }

    /** Makes this transaction the one that answers an address; false when another one is at it. */
    public Uni<Boolean> hold(Tx tx, String address) {
        return store.hold(tx, address);
    }

    /**
     * Takes up to {@code limit} unanswered events of an address, in journal order. Those of a partition that has a walk
     * are put behind it.
     */
    public Uni<Portion<PendingEvent>> claim(Tx tx, String address, int limit) {
        return store.claim(tx, address, limit, clock.instant())
                .chain(claimed -> claimed.behind().isEmpty()
                        ? Uni.createFrom().item(claimed.free())
                        : walks.putBehind(tx, claimed.behind())
                                .chain(() -> claimed.free().events().isEmpty()
                                        ? claim(tx, address, limit)
                                        : Uni.createFrom().item(claimed.free())));
    }

    /** Removes answered events from the pending ones, and records how far the others got: those are walks from now on. */
    public Uni<Void> answered(Tx tx, List<AnswerProgress> progress) {
        var done = progress.stream()
                .filter(AnswerProgress::isDone)
                .map(AnswerProgress::position)
                .toList();
        var left = progress.stream().filter(one -> !one.isDone()).toList();
        return store.answered(tx, done).chain(() -> walks.left(tx, left, clock.instant()));
    }

    /**
     * Takes the next page of a walk: of the tenant that follows {@code after} and has one, and of its walks the one that
     * waits longest. Nobody else takes it until the transaction ends.
     */
    public Uni<Optional<PendingEvent>> nextPage(Tx tx, String after) {
        return walks.next(tx, after, clock.instant())
                .chain(next -> next.isPresent() || after.isEmpty()
                        ? Uni.createFrom().item(next)
                        : walks.next(tx, "", clock.instant()));
    }

    /** Removes a walk that has ended, and lets go of what waits behind it. In a transaction of its own. */
    public Uni<Void> end(Tx tx, PendingEvent walk) {
        return walks.end(tx, List.of(walk.position()));
    }

    /** Sets a failed event aside: tried again after 1, 2, 4, 8 seconds, then parked with its error. */
    public Uni<Void> putAside(Tx tx, PendingEvent event, String error) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(event.attempts(), 10));
        return (event.isWalk()
                        ? walks.lock(tx, event.position())
                        : Uni.createFrom().voidItem())
                .chain(() -> store.putAside(
                        tx, event.position(), error, clock.instant().plus(pause)))
                .chain(parked -> parked && event.isWalk()
                        ? walks.letGo(tx, List.of(event.position()))
                        : Uni.createFrom().voidItem());
    }

    /** The events at these places, as far as the journal has them, in the order of the places. */
    public Uni<Portion<RecordedEvent>> at(Tx tx, List<EventPlace> places) {
        return places.isEmpty() ? Uni.createFrom().item(new Portion<>(List.of(), false)) : store.at(tx, places);
    }

    /**
     * Reads past events: one list for each query, the latest by event time first, as many as it asks for.
     * If all of them would be too much at once, the result ends early. The first query is always answered; those
     * without an answer are to be asked again.
     */
    public Uni<List<List<RecordedEvent>>> heard(Tx tx, List<HistoryQuery> questions) {
        return questions.isEmpty() ? Uni.createFrom().item(List.of()) : store.heard(tx, questions);
    }

    /** A tenant's next events after a place, in order. */
    public Uni<Portion<RecordedEvent>> stretch(Tx tx, String tenant, EventPlace after, long upTo, int limit) {
        return store.stretch(tx, tenant, after, upTo, limit);
    }

    /** The next events of every tenant after a place, in order. */
    public Uni<Portion<RecordedEvent>> stretchOfAll(Tx tx, EventPlace after, long upTo, int limit) {
        return store.stretchOfAll(tx, after, upTo, limit);
    }

    /** The last used position. */
    public Uni<EventPlace> head(Tx tx) {
        return store.head(tx);
    }

    /** The last position before the tenant's next event, which is what it can know at that time. */
    public Uni<List<Long>> positionsAt(Tx tx, List<Moment> moments) {
        return store.positionsAt(tx, moments);
    }

    /** The place before a tenant's last {@code events} events up to a position; empty when it has no more than these. */
    public Uni<Optional<EventPlace>> beforeLatest(Tx tx, String tenant, long upTo, int events) {
        return store.beforeLatest(tx, tenant, upTo, events);
    }

    /** When a tenant's first event from a position on was recorded; empty behind its last one. */
    public Uni<Optional<Instant>> timeOf(Tx tx, String tenant, long position) {
        return store.timeOf(tx, tenant, position);
    }

    /** A subject's next events that are not erased yet, in order. */
    public Uni<List<RecordedEvent>> notErased(Tx tx, String tenant, String subject, long after, long upTo, int limit) {
        return erased.page(tx, tenant, subject, after, upTo, limit);
    }

    /** Blanks the data of events, and answers none of them any more. The events themselves and their positions stay. */
    public Uni<Void> erase(Tx tx, List<RecordedEvent> events) {
        return walks.end(tx, events.stream().map(RecordedEvent::position).toList())
                .chain(() -> erased.erase(tx, events));
    }

    private Uni<Void> fold(Tx tx, List<RecordedEvent> recorded) {
        var folded = Uni.createFrom().voidItem();
        for (var projection : recorded.isEmpty() ? List.<Projection>of() : projections) {
            folded = folded.chain(() -> projection.fold(tx, recorded));
        }
        return folded;
    }
}
