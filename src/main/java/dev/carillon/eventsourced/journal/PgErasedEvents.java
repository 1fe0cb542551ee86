package dev.carillon.eventsourced.journal;

import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that erases events. */
@ApplicationScoped
class PgErasedEvents {

    private static final PgColumns<RecordedEvent> EVENTS = PgColumns.<RecordedEvent>of()
            .bigint("position", RecordedEvent::position)
            .time("recorded_at", RecordedEvent::recordedAt);

    private static final String PAGE = PgEventRows.portion("""
            select * from event e where e.tenant = $1 and e.subject = $2 and e.position > $3 and e.position <= $4 and not e.erased order by e.position limit $5
            """, "e.position", "$6");

    private static final String ERASE = """
            update event e set data = '{}', traits = null, content = null, bytes = null, erased = true from %s
            where e.position = w.position and e.recorded_at = w.recorded_at
            """.formatted(EVENTS.unnest("w"));

    private final Json json;

    PgErasedEvents(Json json) {
        this.json = json;
    }

    Uni<List<RecordedEvent>> page(Tx tx, String tenant, String subject, long after, long upTo, int limit) {
        return PgRows.of(tx, PAGE, tenant, subject, after, upTo, limit, EventJournal.BYTES_AT_ONCE)
                .list(row -> PgEventRows.recorded(row, json));
    }

    Uni<Void> erase(Tx tx, List<RecordedEvent> events) {
        return PgRows.of(tx, ERASE, EVENTS.of(events)).done();
    }
}
