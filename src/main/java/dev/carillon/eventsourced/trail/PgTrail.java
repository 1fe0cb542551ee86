package dev.carillon.eventsourced.trail;

import dev.carillon.eventsourced.journal.PgEventRows;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal read back, as SQL: every question has its index, and a page costs the same however long the journal is. */
@ApplicationScoped
class PgTrail {

    private static final String SELECT = "select " + PgEventRows.COLUMNS + """
            , not exists (select 1 from event_pending p where p.position = e.position) as answered
            from event e
            """;

    private static final String FIND = SELECT + "where e.tenant = $1 and e.id = $2 and ($3::text is null or e.source = $3) order by e.position desc limit 1";

    private static final String TYPES = "select id, type from event where tenant = $1 and id = any($2) order by position";

    private final Json json;

    PgTrail(Json json) {
        this.json = json;
    }

    /**
     * Newest first. A customer's events go by position, as their index does; the order of commit and the time of recording
     * differ by no more than two appenders wait for each other.
     */
    Uni<List<JournalEntry>> page(Tx tx, EventFilter filter) {
        var sql = new StringBuilder(SELECT).append("where e.tenant = $1");
        var values = Tuple.of(filter.tenant());
        and(sql, values, " and e.type = $", filter.type());
        and(sql, values, " and e.subject = $", filter.subject());
        and(sql, values, " and e.recorded_at >= $", PgTimes.atOrNull(filter.from()));
        and(sql, values, " and e.recorded_at < $", PgTimes.atOrNull(filter.to()));
        var after = filter.after();
        if (after != null && filter.subject() != null) {
            and(sql, values, " and e.position < $", after.position());
        } else if (after != null) {
            and(sql, values, " and e.recorded_at <= $", PgTimes.at(after.recordedAt()));          // this one prunes partitions
            and(sql, values, " and (e.recorded_at, e.position) < ($" + values.size() + ", $", after.position());
            sql.append(')');
        }
        sql.append(filter.subject() != null ? " order by e.position desc" : " order by e.recorded_at desc, e.position desc");
        and(sql, values, " limit $", filter.limit());
        return PgTx.connection(tx).preparedQuery(sql.toString()).execute(values).map(this::entries);
    }

    /** The newest of that id where no source is named. */
    Uni<Optional<JournalEntry>> find(Tx tx, String tenant, String id, @Nullable String source) {
        return PgTx.connection(tx).preparedQuery(FIND).execute(Tuple.of(tenant, id, source)).map(rows -> entries(rows).stream().findFirst());
    }

    /** @return event id → type */
    Uni<Map<String, String>> types(Tx tx, String tenant, Collection<String> ids) {
        return PgTx.connection(tx).preparedQuery(TYPES).execute(Tuple.of(tenant, ids.toArray(String[]::new))).map(rows -> {
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

    private List<JournalEntry> entries(RowSet<Row> rows) {
        var entries = new ArrayList<JournalEntry>(rows.size());
        rows.forEach(row -> entries.add(new JournalEntry(PgEventRows.recorded(row, json), row.getBoolean("answered"))));
        return entries;
    }
}
