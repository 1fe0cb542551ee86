package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.Content;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.json.Json;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Rows of {@code event} as recorded events, for every statement that reads them. */
public final class PgEventRows {

    /** What {@link #recorded} reads, of a table that is called {@code e} in the statement. */
    public static final String COLUMNS = """
            e.position, e.recorded_at, e.tenant, e.id, e.source, e.type, e.subject, e.occurred_at, e.sent_at,
            e.data::text as data, e.traits::text as traits, e.content::text as content, e.extensions::text as extensions
            """;

    private PgEventRows() {
    }

    public static RecordedEvent recorded(Row row, Json json) {
        return new RecordedEvent(row.getLong("position"), row.getOffsetDateTime("recorded_at").toInstant(),
                new EventEnvelope(row.getString("tenant"), row.getString("id"), row.getString("source"), row.getString("type"),
                        row.getString("subject"), occurredAt(row), json.map(row.getString("data")),
                        json.map(row.getString("traits")), content(row, json), json.map(row.getString("extensions"))));
    }

    private static @Nullable Content content(Row row, Json json) {
        var content = row.getString("content");
        return content == null ? null : json.read(content, Content.class);
    }

    private static Instant occurredAt(Row row) {
        var sent = row.getString("sent_at");
        return sent == null ? row.getOffsetDateTime("occurred_at").toInstant() : Instant.parse(sent);
    }
}
