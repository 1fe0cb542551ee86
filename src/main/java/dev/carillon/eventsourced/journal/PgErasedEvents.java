package dev.carillon.eventsourced.journal;

import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that erases events. */
@ApplicationScoped
class PgErasedEvents {

    private static final String PAGE = PgEventRows.portion("""
            select * from event e where e.tenant = $1 and e.subject = $2 and e.position > $3 and e.position <= $4 and not e.erased order by e.position limit $5
            """, "e.position", "$6");

    /** Waits for whoever is answering one of them now. */
    private static final String NOT_PENDING = "delete from event_pending where position = any($1)";

    private static final String ERASE = """
            update event e set data = '{}', traits = null, content = null, bytes = null, erased = true from unnest($1::bigint[], $2::timestamptz[]) as w(position, recorded_at)
            where e.position = w.position and e.recorded_at = w.recorded_at
            """;

    private final Json json;

    PgErasedEvents(Json json) {
        this.json = json;
    }

    Uni<List<RecordedEvent>> page(Tx tx, String tenant, String subject, long after, long upTo, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(PAGE)
                .execute(Tuple.of(tenant, subject, after, upTo, limit, EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, limit, row -> PgEventRows.recorded(row, json))
                        .events());
    }

    Uni<Void> erase(Tx tx, List<RecordedEvent> events) {
        var positions = events.stream().map(RecordedEvent::position).toArray(Long[]::new);
        return PgTx.connection(tx)
                .preparedQuery(NOT_PENDING)
                .execute(Tuple.of((Object) positions))
                .chain(() -> PgTx.connection(tx)
                        .preparedQuery(ERASE)
                        .execute(Tuple.of(positions, times(events, e -> e.recordedAt()))))
                .replaceWithVoid();
    }
}
