package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.journal.PendingEvent.AnswerProgress;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SQL of walks: pending events with a cursor, and those of the same partition that wait behind them. Whoever puts an
 * event behind a walk shares the walk's row, and whoever lets go of them locks it, so nothing waits behind a walk that is
 * gone (docs/adr/0030).
 */
@ApplicationScoped
class PgWalks {

    private static final String LIVE = "w.cursor is not null and (w.error is null or w.attempts < 5)";

    /** As the index of pages has it, whose condition the look-ups of an address do not imply: they are never planned by it. */
    private static final String PAGED = LIVE + " and w.due_at > '-infinity'";

    /** The walk that a pending event {@code p} of the address {@code $1} has to wait for. */
    static final String BEFORE = """
            case when (select exists (select from event_pending w where w.address = $1 and w.partition is not null and %1$s)) then (
              select w.position from event_pending w where w.address = $1 and w.partition = p.partition and w.position < p.position and %1$s
              order by w.position desc limit 1) end""".formatted(LIVE);

    private static final PgColumns<AnswerProgress> PROGRESS = PgColumns.<AnswerProgress>of()
            .bigint("position", AnswerProgress::position)
            .json("cursor", AnswerProgress::left)
            .after(1);

    private static final PgColumns<Map.Entry<Long, Long>> BEHIND = PgColumns.<Map.Entry<Long, Long>>of()
            .bigint("position", Map.Entry::getKey)
            .bigint("walk", Map.Entry::getValue);

    /** A page that succeeded begins the count of failures anew. */
    private static final String LEFT = """
            update event_pending p set cursor = u.cursor::json, due_at = $1, attempts = 0, error = null
            from %s where p.position = u.position
            """.formatted(PROGRESS.unnest("u"));

    /** One behind a walk that has ended meanwhile stays as it is: the next claim finds it behind those let go. */
    private static final String PUT_BEHIND = """
            with walk as materialized (
              select w.position from event_pending w where w.position = any($2) and %s order by w.position for key share
            )
            update event_pending p set behind = walk.position from %s join walk on walk.position = u.walk where p.position = u.position
            """.formatted(LIVE, BEHIND.unnest("u"));

    /**
     * It locks no more than a page changes: to be put behind a walk nothing waits for its pages. One whose event was dropped from
     * the journal holds up no other.
     */
    static final String NEXT = """
            with next as materialized (
              select w.position, w.recorded_at, w.attempts, w.cursor from event_pending w
              where w.tenant > $1 and w.due_at <= $2 and %s
                and exists (select from event e where e.position = w.position and e.recorded_at = w.recorded_at)
              order by w.tenant, w.due_at limit 1 for no key update skip locked
            )
            select p.attempts, p.cursor::text as cursor,
            """.formatted(PAGED) + PgEventRows.COLUMNS + """
            from next p cross join lateral (select * from event where position = p.position and recorded_at = p.recorded_at limit 1) e
            """;

    private static final String LOCK = "select 1 from event_pending where position = $1 for update";

    /** Waits for whoever is answering one of them now. */
    private static final String DELETE = "delete from event_pending where position = any($1)";

    static final String LET_GO = "update event_pending set behind = null where behind = any($1)";

    private static final String LONGEST_WITHOUT_PAGE = """
            select coalesce(extract(epoch from $1 - min(w.due_at)), 0)::float8 from event_pending w where %s
            """.formatted(PAGED);

    private final Json json;

    PgWalks(Json json) {
        this.json = json;
    }

    Uni<Optional<PendingEvent>> next(Tx tx, String after, Instant now) {
        return PgRows.of(tx, NEXT, after, now).first(row -> PgEventJournal.pending(row, json));
    }

    Uni<Void> left(Tx tx, List<AnswerProgress> progress, Instant now) {
        return progress.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgRows.of(tx, LEFT, PROGRESS.of(json, progress, now)).done();
    }

    /** @param behind the positions of events, each with its walk's */
    Uni<Void> putBehind(Tx tx, Map<Long, Long> behind) {
        return PgRows.of(tx, PUT_BEHIND, BEHIND.of(List.copyOf(behind.entrySet())))
                .done();
    }

    Uni<Void> lock(Tx tx, long position) {
        return PgRows.of(tx, LOCK, position).done();
    }

    /** Removes pending events, whether they are walks or not, and lets go of what waits behind them. */
    Uni<Void> end(Tx tx, List<Long> positions) {
        return PgRows.of(tx, DELETE, (Object) positions.toArray(Long[]::new))
                .done()
                .chain(() -> letGo(tx, positions));
    }

    /** The walks must be locked. */
    Uni<Void> letGo(Tx tx, List<Long> walks) {
        return PgRows.of(tx, LET_GO, (Object) walks.toArray(Long[]::new)).done();
    }

    /** @return seconds since the walk that waits longest had its last page; 0 when there is none */
    Uni<Double> longestWithoutPage(Tx tx, Instant now) {
        return PgRows.of(tx, LONGEST_WITHOUT_PAGE, now).one(row -> row.getDouble(0));
    }
}
