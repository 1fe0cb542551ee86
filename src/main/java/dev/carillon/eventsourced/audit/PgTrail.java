package dev.carillon.eventsourced.audit;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.PgEventRows;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL that reads the journal. Every query has its index, and a page costs the same however long the journal is. */
@ApplicationScoped
class PgTrail {

    private static final String ANSWERED = """
            , not exists (select 1 from event_pending p where p.position = e.position) as answered
            from event e
            """;

    /** Without the events' data: a page may be long. */
    private static final String LINES =
            "select e.position, e.recorded_at, e.id, e.source, e.type, e.subject, e.occurred_at, e.sent_at" + ANSWERED;

    private static final String RECENT = PgEventRows.portion(
            "select * from event e where e.tenant = $1 and e.subject = $2 order by e.position desc limit $3",
            "e.position desc",
            "$4");

    private static final String FIND = "select " + PgEventRows.COLUMNS + ANSWERED
            + "where e.tenant = $1 and e.id = $2 and ($3::text is null or e.source = $3) order by e.position desc limit 1";

    /** By the decision, which has the notification's id and knows which of several events with one id it answered. */
    private static final String TYPES = """
            select w.id, e.type from unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
            join decision d on d.id = w.id and d.decided_at = w.created_at
            join event e on e.tenant = $1 and e.id = d.event_id and (d.event_position is null or e.position = d.event_position)
            order by e.position
            """;

    private final Json json;

    PgTrail(Json json) {
        this.json = json;
    }

    /**
     * Newest first. A customer's events go by position, as their index does; the order of commit and the time of recording
     * differ by no more than two appenders wait for each other.
     */
    Uni<List<EventPage.EventLine>> page(Tx tx, EventFilter filter) {
        var sql = new StringBuilder(LINES).append("where e.tenant = $1");
        var values = Tuple.of(filter.tenant());
        and(sql, values, " and e.type = $", filter.type());
        and(sql, values, " and e.subject = $", filter.subject());
        and(sql, values, " and e.recorded_at >= $", PgTimes.atOrNull(filter.from()));
        and(sql, values, " and e.recorded_at < $", PgTimes.atOrNull(filter.to()));
        var after = filter.after();
        if (after != null && filter.subject() != null) {
            and(sql, values, " and e.position < $", after.position());
        } else if (after != null) {
            and(sql, values, " and e.recorded_at <= $", PgTimes.at(after.recordedAt())); // this one prunes partitions
            and(sql, values, " and (e.recorded_at, e.position) < ($" + values.size() + ", $", after.position());
            sql.append(')');
        }
        sql.append(
                filter.subject() != null
                        ? " order by e.position desc"
                        : " order by e.recorded_at desc, e.position desc");
        and(sql, values, " limit $", filter.limit());
        return PgTx.connection(tx).preparedQuery(sql.toString()).execute(values).map(rows -> {
            var lines = new ArrayList<EventPage.EventLine>(rows.size());
            rows.forEach(row -> lines.add(line(row)));
            return lines;
        });
    }

    /** A customer's latest events with what they said, newest first. */
    Uni<Portion<RecordedEvent>> recent(Tx tx, String tenant, String subject, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(RECENT)
                .execute(Tuple.of(tenant, subject, limit, EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, limit, row -> PgEventRows.recorded(row, json)));
    }

    /** The newest of that id where no source is named. */
    Uni<Optional<JournalEntry>> find(Tx tx, String tenant, String id, @Nullable String source) {
        return PgTx.connection(tx)
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant, id, source))
                .map(rows -> entries(rows).stream().findFirst());
    }

    /** @return tracking id → type of the event that led to the notification */
    Uni<Map<String, String>> types(Tx tx, String tenant, List<NotificationView> told) {
        return PgTx.connection(tx)
                .preparedQuery(TYPES)
                .execute(Tuple.of(tenant, texts(told, NotificationView::trackingId), times(told, n -> n.createdAt())))
                .map(rows -> {
                    var types = new HashMap<String, String>();
                    rows.forEach(row -> types.put(row.getString("id"), row.getString("type")));
                    return types;
                });
    }

    private static void and(StringBuilder sql, Tuple values, String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            sql.append(condition).append(values.size());
        }
    }

    private static EventPage.EventLine line(Row row) {
        return new EventPage.EventLine(
                row.getString("id"),
                row.getString("source"),
                row.getString("type"),
                row.getString("subject"),
                PgEventRows.occurredAt(row),
                row.getOffsetDateTime("recorded_at").toInstant(),
                row.getLong("position"),
                row.getBoolean("answered"));
    }

    private List<JournalEntry> entries(RowSet<Row> rows) {
        var entries = new ArrayList<JournalEntry>(rows.size());
        rows.forEach(row -> entries.add(new JournalEntry(PgEventRows.recorded(row, json), row.getBoolean("answered"))));
        return entries;
    }
}
