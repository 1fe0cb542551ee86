package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.OpaqueData;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgPortion;
import dev.carillon.platform.sql.PgTimes;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Maps rows of {@code event} to recorded events, for every statement that reads them. */
public final class PgEventRows {

    /** The columns that {@link #recorded} reads, from a table called {@code e} in the statement. */
    public static final String COLUMNS = """
            e.position, e.recorded_at, e.tenant, e.id, e.source, e.type, e.subject, e.occurred_at, e.sent_at,
            e.data::text as data, e.traits::text as traits, e.content::text as content, e.extensions::text as extensions
            """;

    /** The stored size in bytes; events without one were small. */
    static final String SIZE = "coalesce(e.bytes, 2048)";

    /** The total size and the number of the rows before this one in an order. */
    static String before(String order) {
        return PgPortion.before(SIZE, "(order by " + order + ")") + " as before, count(*) over () as found\n";
    }

    private PgEventRows() {}

    /** The first of what {@code select} finds that do not hold more than so many bytes together; at least one. */
    public static String portion(String select, String order, String bytes) {
        return PgPortion.of(COLUMNS + ", e.found", select, SIZE, order, bytes);
    }

    /** @param limit how many rows were asked for */
    public static <E> Portion<E> portion(List<Row> rows, int limit, Function<Row, E> one) {
        var events = new ArrayList<E>(rows.size());
        long found = 0;
        for (var row : rows) {
            found = row.getLong("found");
            events.add(one.apply(row));
        }
        return new Portion<>(events, found > events.size() || found >= limit);
    }

    public static RecordedEvent recorded(Row row, Json json) {
        return new RecordedEvent(
                row.getLong("position"),
                PgTimes.instant(row, "recorded_at"),
                new EventEnvelope(
                        row.getString("tenant"),
                        row.getString("id"),
                        row.getString("source"),
                        row.getString("type"),
                        row.getString("subject"),
                        occurredAt(row),
                        json.map(row.getString("data")),
                        json.map(row.getString("traits")),
                        content(row, json),
                        json.map(row.getString("extensions"))));
    }

    private static @Nullable OpaqueData content(Row row, Json json) {
        var content = row.getString("content");
        return content == null ? null : json.read(content, OpaqueData.class);
    }

    /** The sender's time. */
    public static Instant occurredAt(Row row) {
        var sent = row.getString("sent_at");
        return sent == null ? PgTimes.instant(row, "occurred_at") : Instant.parse(sent);
    }
}
