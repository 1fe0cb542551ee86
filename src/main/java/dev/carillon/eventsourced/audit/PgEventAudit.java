package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.PgEventRows;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQL that reads the journal. Every query has its index, and a page costs the same however long the journal is. */
@ApplicationScoped
class PgEventAudit {

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

    private static final String OWN_AROUND = """
            (%1$swhere e.tenant = $1 and e.subject = $2 and e.recorded_at between $4 and $5
               and exists (select from unnest($3::text[]) p where e.type = p or right(p, 2) = '.*' and starts_with(e.type, left(p, -1)))
               and e.recorded_at %2$s order by e.position %3$s limit $7)
            """;

    /** A customer's events of some types, recorded before and after a time, the nearest of each. */
    static final String OF_CUSTOMER_AROUND =
            OWN_AROUND.formatted(LINES, "<= $6", "desc") + "union all\n" + OWN_AROUND.formatted(LINES, "> $6", "asc");

    private static final String TYPE_AROUND = """
            (select x.* from unnest($2::text[]) w(type) cross join lateral (
               %1$swhere e.tenant = $1 and e.type = w.type and e.recorded_at between $3 and $4 and e.recorded_at %2$s
               order by e.recorded_at %3$s, e.position %3$s limit $6) x)
            """;

    /** Anybody's events of some types, recorded before and after a time, the nearest of each type. */
    static final String OF_TYPES_AROUND =
            TYPE_AROUND.formatted(LINES, "<= $5", "desc") + "union all\n" + TYPE_AROUND.formatted(LINES, "> $5", "asc");

    private static final PgColumns<NotificationView> NOTIFICATIONS =
            PgColumns.IDS.in(NotificationView::trackingId).after(1);

    /** The notification knows which of several events with one id it answered. */
    private static final String TYPES = """
            select w.id, e.type from %s
            join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at
            join event e on e.tenant = $1 and e.id = n.event_id and (n.event_position is null or e.position = n.event_position)
            order by e.position
            """.formatted(NOTIFICATIONS.unnest("w"));

    private final Json json;

    PgEventAudit(Json json) {
        this.json = json;
    }

    /**
     * Newest first. A customer's events go by position, as their index does; the order of commit and the time of recording
     * differ by no more than two appenders wait for each other.
     */
    Uni<List<EventPage.EventLine>> page(Tx tx, EventFilter filter) {
        var sql = new StringBuilder(LINES).append("where e.tenant = $1");
        var values = new ArrayList<Object>(List.of(filter.tenant()));
        and(sql, values, " and e.type = $", filter.type());
        and(sql, values, " and e.subject = $", filter.subject());
        and(sql, values, " and e.recorded_at >= $", filter.from());
        and(sql, values, " and e.recorded_at < $", filter.to());
        var after = filter.after();
        if (after != null && filter.subject() != null) {
            and(sql, values, " and e.position < $", after.position());
        } else if (after != null) {
            and(sql, values, " and e.recorded_at <= $", after.recordedAt()); // this one prunes partitions
            and(sql, values, " and (e.recorded_at, e.position) < ($" + values.size() + ", $", after.position());
            sql.append(')');
        }
        sql.append(
                filter.subject() != null
                        ? " order by e.position desc"
                        : " order by e.recorded_at desc, e.position desc");
        and(sql, values, " limit $", filter.limit());
        return PgRows.of(tx, sql.toString(), values.toArray()).list(PgEventAudit::line);
    }

    /** A customer's latest events with what they said, newest first. */
    Uni<Portion<RecordedEvent>> recent(Tx tx, String tenant, String subject, int limit) {
        return PgRows.of(tx, RECENT, tenant, subject, limit, EventJournal.BYTES_AT_ONCE)
                .rows()
                .map(rows -> PgEventRows.portion(rows, limit, row -> PgEventRows.recorded(row, json)));
    }

    /** The newest of that id where no source is named. */
    Uni<Optional<JournalEntry>> find(Tx tx, String tenant, String id, @Nullable String source) {
        return PgRows.of(tx, FIND, tenant, id, source).first(this::entry);
    }

    /**
     * The events nearest to a time, before and after it.
     *
     * @param own      types, or prefixes that end in {@code .*}, of the customer's own events
     * @param anybodys types of events that may have reached the customer whomever they are about
     * @param within   how far away they may have been recorded
     */
    Uni<List<EventPage.EventLine>> around(
            Tx tx,
            String tenant,
            String customerId,
            List<String> own,
            List<String> anybodys,
            Instant at,
            Duration within,
            int limit) {
        var from = at.minus(within);
        var to = at.plus(within);
        return PgRows.of(tx, OF_CUSTOMER_AROUND, tenant, customerId, own.toArray(String[]::new), from, to, at, limit)
                .list(PgEventAudit::line)
                .chain(first -> PgRows.of(
                                tx, OF_TYPES_AROUND, tenant, anybodys.toArray(String[]::new), from, to, at, limit)
                        .list(PgEventAudit::line)
                        .map(second -> {
                            var all = new LinkedHashMap<Long, EventPage.EventLine>();
                            Stream.concat(first.stream(), second.stream())
                                    .forEach(one -> all.putIfAbsent(one.position(), one));
                            return List.copyOf(all.values());
                        }));
    }

    private JournalEntry entry(Row row) {
        return new JournalEntry(PgEventRows.recorded(row, json), row.getBoolean("answered"));
    }

    /** @return tracking id → type of the event that led to the notification */
    Uni<Map<String, String>> types(Tx tx, String tenant, List<NotificationView> notifications) {
        return PgRows.of(tx, TYPES, NOTIFICATIONS.of(notifications, tenant))
                .map(row -> row.getString("id"), row -> row.getString("type"));
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            values.add(value);
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
                PgTimes.instant(row, "recorded_at"),
                row.getLong("position"),
                row.getBoolean("answered"));
    }

    /** An event of the journal, and whether all rules that listen have been evaluated. */
    record JournalEntry(RecordedEvent recorded, boolean answered) {

        EventRef eventRef() {
            return new EventRef(recorded.event().id(), recorded.position());
        }
    }
}
