package dev.carillon.eventsourced.journal;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The journal's SQL. */
@ApplicationScoped
class PgEventJournal {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
    };

    /** Appenders commit one after another, so that positions become visible in their order (docs/adr/0003). */
    private static final String IN_ORDER = "select pg_advisory_xact_lock(hashtext('carillon.journal'))";

    private static final String APPEND = """
            with incoming as (
              select *, row_number() over (partition by tenant, source, id order by n) as copy
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $11::text[])
                with ordinality as t(tenant, id, source, type, subject, occurred_at, address, data, extensions, traits, n)
            ), fresh as (
              insert into event_seen (tenant, source, id, recorded_at)
              select tenant, source, id, $10 from incoming where copy = 1 order by tenant, source, id
              on conflict do nothing
              returning tenant, source, id
            ), placed as (
              select nextval('event_position') as position, i.*
              from (select i.* from incoming i join fresh using (tenant, source, id) where copy = 1 order by n) i
            ), journalled as (
              insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions, traits)
              select position, $10, tenant, id, source, type, subject, occurred_at, address, data::json, extensions::json, traits::json from placed
            ), pending as (
              insert into event_pending (position, recorded_at, tenant, address, due_at)
              select position, $10, tenant, address, $10 from placed
            )
            select position, n from placed order by position
            """;

    private static final String CLAIM = """
            select p.position, p.attempts, p.cursor::text as cursor, e.tenant, e.id, e.source, e.type, e.subject, e.occurred_at,
                   e.data::text as data, e.traits::text as traits, e.extensions::text as extensions
            from event_pending p join event e on e.position = p.position and e.recorded_at = p.recorded_at
            where p.address = $1 and p.due_at <= $3 and (p.error is null or p.attempts < 5)
            order by p.position limit $2 for update of p skip locked
            """;

    private static final String ANSWERED = "delete from event_pending where position = any($1)";

    private static final String LEFT = """
            update event_pending p set cursor = u.cursor::json
            from unnest($1::bigint[], $2::text[]) as u(position, cursor) where p.position = u.position
            """;

    private static final String PUT_ASIDE = """
            update event_pending set attempts = attempts + 1, due_at = $3, error = $2 where position = $1
            """;

    private static final String OLDEST_PENDING = """
            select coalesce(extract(epoch from $1 - (
              select recorded_at from event_pending where error is null or attempts < 5 order by position limit 1)), 0)::float8
            """;

    private final Json json;

    PgEventJournal(Json json) {
        this.json = json;
    }

    Uni<List<RecordedEvent>> append(Tx tx, List<EventEnvelope> events, Instant now) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var connection = PgTx.connection(tx);
        return connection.query(IN_ORDER).execute()
                .chain(() -> connection.preparedQuery(APPEND).execute(columns(events, now)))
                .map(rows -> {
                    var recorded = new ArrayList<RecordedEvent>(rows.size());
                    for (var row : rows) {
                        recorded.add(new RecordedEvent(row.getLong("position"), now, events.get(row.getLong("n").intValue() - 1)));
                    }
                    return recorded;
                });
    }

    Uni<List<PendingEvent>> claim(Tx tx, String address, int limit, Instant now) {
        return PgTx.connection(tx).preparedQuery(CLAIM).execute(Tuple.of(address, limit, PgTimes.at(now)))
                .map(rows -> {
                    var claimed = new ArrayList<PendingEvent>(rows.size());
                    rows.forEach(row -> claimed.add(pending(row)));
                    return claimed;
                });
    }

    Uni<Void> answered(Tx tx, List<Long> positions) {
        return positions.isEmpty() ? Uni.createFrom().voidItem()
                : PgTx.connection(tx).preparedQuery(ANSWERED).execute(Tuple.of(positions.toArray(Long[]::new))).replaceWithVoid();
    }

    Uni<Void> left(Tx tx, List<PendingEvent.Progress> progress) {
        return progress.isEmpty() ? Uni.createFrom().voidItem()
                : PgTx.connection(tx).preparedQuery(LEFT).execute(Tuple.of(
                        progress.stream().map(PendingEvent.Progress::position).toArray(Long[]::new),
                        progress.stream().map(p -> json.write(p.cursor())).toArray(String[]::new))).replaceWithVoid();
    }

    Uni<Void> putAside(Tx tx, long position, String error, Instant dueAt) {
        return PgTx.connection(tx).preparedQuery(PUT_ASIDE).execute(Tuple.of(position, error, PgTimes.at(dueAt))).replaceWithVoid();
    }

    /** @return seconds; 0 when nothing is pending */
    Uni<Double> oldestPending(Tx tx, Instant now) {
        return PgTx.connection(tx).preparedQuery(OLDEST_PENDING).execute(Tuple.of(PgTimes.at(now))).map(rows -> rows.iterator().next().getDouble(0));
    }

    private Tuple columns(List<EventEnvelope> events, Instant now) {
        return Tuple.tuple()
                .addArrayOfString(texts(events, EventEnvelope::tenant))
                .addArrayOfString(texts(events, EventEnvelope::id))
                .addArrayOfString(texts(events, EventEnvelope::source))
                .addArrayOfString(texts(events, EventEnvelope::type))
                .addArrayOfString(texts(events, EventEnvelope::subject))
                .addArrayOfOffsetDateTime(times(events, e -> e.occurredAt()))
                .addArrayOfString(texts(events, EventEnvelope::address))
                .addArrayOfString(texts(events, e -> json.write(e.data())))
                .addArrayOfString(texts(events, e -> json.write(e.extensions())))
                .addOffsetDateTime(PgTimes.at(now))
                .addArrayOfString(texts(events, e -> e.traits().isEmpty() ? null : json.write(e.traits())));
    }

    private PendingEvent pending(Row row) {
        var cursor = row.getString("cursor");
        return new PendingEvent(row.getLong("position"), row.getShort("attempts"),
                cursor == null ? null : json.read(cursor, PendingEvent.Cursor.class),
                new EventEnvelope(row.getString("tenant"), row.getString("id"), row.getString("source"), row.getString("type"),
                        row.getString("subject"), row.getOffsetDateTime("occurred_at").toInstant(),
                        json.map(row.getString("data")), json.map(row.getString("traits")), json.read(row.getString("extensions"), TEXTS)));
    }
}
