package dev.carillon.eventsourced.journal;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The journal's SQL. */
@ApplicationScoped
class PgEventJournal {

    /**
     * An append locks the head until its commit, so positions and times rise in the order of commit (docs/adr/0003).
     * Duplicates are found by then, because their own append had the head before. A node whose clock is ahead drags the
     * others along by a minute at most. Whether an event is new is asked with {@code in … is true}, which hashes; a
     * join would be planned for one row, and compare each event of a batch with each. {@code occurred_at} is the time
     * that counts ({@link RecordedEvent#at}); {@code sent_at} is the sender's, if it differs.
     */
    private static final String APPEND = """
            with incoming as (
              select *, row_number() over (partition by tenant, source, id order by n) as copy
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $11::text[], $12::text[], $13::text[], $14::int[])
                with ordinality as t(tenant, id, source, type, subject, occurred_at, address, data, extensions, traits, sent_at, content, bytes, n)
            ), fresh as (
              insert into event_seen (tenant, source, id, recorded_at)
              select tenant, source, id, $10 from incoming where copy = 1 order by tenant, source, id
              on conflict do nothing
              returning tenant, source, id
            ), head as (
              update journal_head set position = position + (select count(*) from fresh), recorded_at = greatest(least(recorded_at, $10::timestamptz + interval '1 minute'), $10)
              returning position, recorded_at
            ), placed as (
              select head.position - count(*) over () + row_number() over (order by n) as position, head.recorded_at, i.*
              from incoming i cross join head
              where copy = 1 and ((tenant, source, id) in (select tenant, source, id from fresh)) is true
            ), journalled as (
              insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions, traits, content, bytes, sent_at)
              select position, recorded_at, tenant, id, source, type, subject, least(occurred_at, recorded_at), address, data::json, extensions::json, traits::json, content::json, bytes,
                case when occurred_at > recorded_at or sent_at ~ '[.][0-9]{7}' then sent_at end
              from placed
            ), pending as (
              insert into event_pending (position, recorded_at, tenant, address, due_at)
              select position, recorded_at, tenant, address, $10 from placed
            )
            select position, recorded_at, n from placed order by position
            """;

    /** One node at a time answers an address, so that its events are answered in journal order; another one skips it. */
    private static final String HOLD_ADDRESS =
            "select pg_try_advisory_xact_lock(hashtext('carillon.reaction'), hashtext($1)) as held";

    /**
     * The pending ones first, then each event by its key: as a join it was now and then planned as a merge, which reads the
     * journal from its beginning. A limit cannot be planned away. Of what follows an event that fills the portion nothing is read but
     * how large it is.
     */
    private static final String CLAIM =
            """
            with claimed as materialized (
              select position, recorded_at, attempts, cursor from event_pending
              where address = $1 and due_at <= $3 and (error is null or attempts < 5)
              order by position limit $2 for update skip locked
            )
            select e.attempts, e.cursor,
            """ + PgEventRows.COLUMNS + ", e.found from (select p.attempts, p.cursor::text as cursor, e.*, "
                    + PgEventRows.BEFORE.formatted("e.position") + """
              from claimed p cross join lateral (select * from event where position = p.position and recorded_at = p.recorded_at limit 1) e
            ) e where e.before < $4 order by e.position
            """;

    private static final String AT = "select " + PgEventRows.COLUMNS + ", e.found from (select w.n, e.*, "
            + PgEventRows.BEFORE.formatted("w.n") + """
              from unnest($1::bigint[], $2::timestamptz[]) with ordinality as w(position, recorded_at, n)
              cross join lateral (select * from event where position = w.position and recorded_at = w.recorded_at limit 1) e
            ) e where e.before < $3 order by e.n
            """;

    /**
     * One index look-up for each query; the latest by event time first. Nothing counts before it was recorded, so
     * earlier weeks are skipped. The sum keeps the planner off the index by position, where it would read all past
     * events of the subject. A query is answered completely or not at all.
     */
    private static final String HEARD = "select e.n, e.size, " + PgEventRows.COLUMNS + """
            from (
              select h.*, sum(h.size) over (order by h.n) - sum(h.size) over (partition by h.n) as before from (
                select w.n, h.* from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::bigint[]) with ordinality
                  as w(tenant, subject, type, since, until, position, n)
                cross join lateral (
                  select e.*, """ + PgEventRows.SIZE
            + " as size, sum(" + PgEventRows.SIZE + """
            ) over (order by e.occurred_at desc, e.position desc) as upto from (
                    select * from event h
                    where h.tenant = w.tenant and h.subject = w.subject and h.type = w.type
                      and h.occurred_at >= w.since and h.occurred_at <= w.until and h.position + 0 <= w.position and not h.erased
                      and h.recorded_at >= w.since
                    order by h.occurred_at desc, h.position desc limit $7
                  ) e
                ) h where h.upto - h.size < $8
              ) h
            ) e where e.before < $9 order by e.n, e.occurred_at desc, e.position desc
            """;

    private static final String STRETCH = PgEventRows.portion("""
            select * from event e where e.tenant = $5 and e.position > $1 and e.recorded_at >= $2 and e.position <= $3 and not e.erased
            order by e.recorded_at, e.position limit $4
            """, "e.recorded_at, e.position", "$6");

    private static final String STRETCH_OF_ALL = PgEventRows.portion("""
            select * from event e where e.position > $1 and e.recorded_at >= $2 and e.position <= $3 and not e.erased order by e.position limit $4
            """, "e.position", "$5");

    private static final String HEAD = "select position, recorded_at from journal_head";

    /**
     * The position before the tenant's next event, also before one of that very time: a due timer comes first. Changes
     * by the API in between count.
     */
    private static final String POSITIONS_AT = """
            select coalesce(e.position - 1, h.position) as position from unnest($1::text[], $2::timestamptz[]) with ordinality as w(tenant, at, n)
            cross join journal_head h
            left join lateral (
              select position from event where tenant = w.tenant and recorded_at >= w.at order by recorded_at, position limit 1) e on true
            order by w.n
            """;

    private static final String TIME_OF =
            "select recorded_at from event where tenant = $1 and position >= $2 order by position limit 1";

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
    private final EventSizes sizes;

    PgEventJournal(Json json, EventSizes sizes) {
        this.json = json;
        this.sizes = sizes;
    }

    Uni<List<RecordedEvent>> append(Tx tx, List<EventEnvelope> events, Instant now) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom()
                .item(() -> columns(events, now))
                .chain(columns -> PgTx.connection(tx).preparedQuery(APPEND).execute(columns))
                .map(rows -> {
                    var recorded = new ArrayList<RecordedEvent>(rows.size());
                    for (var row : rows) {
                        recorded.add(new RecordedEvent(
                                row.getLong("position"),
                                row.getOffsetDateTime("recorded_at").toInstant(),
                                events.get(row.getLong("n").intValue() - 1)));
                    }
                    return recorded;
                });
    }

    Uni<Boolean> hold(Tx tx, String address) {
        return PgTx.connection(tx)
                .preparedQuery(HOLD_ADDRESS)
                .execute(Tuple.of(address))
                .map(rows -> rows.iterator().next().getBoolean("held"));
    }

    Uni<Portion<PendingEvent>> claim(Tx tx, String address, int limit, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(CLAIM)
                .execute(Tuple.of(address, limit, PgTimes.at(now), EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, limit, this::pending));
    }

    Uni<Portion<RecordedEvent>> at(Tx tx, List<EventPlace> places) {
        return PgTx.connection(tx)
                .preparedQuery(AT)
                .execute(Tuple.of(
                        places.stream().map(EventPlace::position).toArray(Long[]::new),
                        times(places, p -> p.recordedAt()),
                        EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, Integer.MAX_VALUE, this::recorded));
    }

    Uni<List<List<RecordedEvent>>> heard(Tx tx, List<HistoryQuery> questions) {
        return PgTx.connection(tx)
                .preparedQuery(HEARD)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(questions, HistoryQuery::tenant))
                        .addArrayOfString(texts(questions, HistoryQuery::subject))
                        .addArrayOfString(texts(questions, HistoryQuery::type))
                        .addArrayOfOffsetDateTime(times(questions, q -> q.since()))
                        .addArrayOfOffsetDateTime(times(questions, q -> q.until()))
                        .addArrayOfLong(
                                questions.stream().map(HistoryQuery::upTo).toArray(Long[]::new))
                        .addInteger(EventJournal.HEARD_AT_MOST)
                        .addInteger(EventJournal.HEARD_BYTES_AT_MOST)
                        .addInteger(EventJournal.BYTES_AT_ONCE))
                .map(rows -> {
                    var answers = questions.stream()
                            .<List<RecordedEvent>>map(question -> new ArrayList<>())
                            .toList();
                    long bytes = 0;
                    int last = 0;
                    for (var row : rows) {
                        last = row.getLong("n").intValue();
                        bytes += row.getInteger("size");
                        answers.get(last - 1).add(recorded(row));
                    }
                    return bytes < EventJournal.BYTES_AT_ONCE
                            ? answers
                            : answers.subList(0, last); // those behind it may not have been asked
                });
    }

    Uni<Portion<RecordedEvent>> stretch(Tx tx, String tenant, EventPlace after, long upTo, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(STRETCH)
                .execute(Tuple.of(
                        after.position(),
                        PgTimes.at(after.recordedAt()),
                        upTo,
                        limit,
                        tenant,
                        EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, limit, this::recorded));
    }

    Uni<Portion<RecordedEvent>> stretchOfAll(Tx tx, EventPlace after, long upTo, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(STRETCH_OF_ALL)
                .execute(Tuple.of(
                        after.position(), PgTimes.at(after.recordedAt()), upTo, limit, EventJournal.BYTES_AT_ONCE))
                .map(rows -> PgEventRows.portion(rows, limit, this::recorded));
    }

    Uni<EventPlace> head(Tx tx) {
        return PgTx.connection(tx)
                .query(HEAD)
                .execute()
                .map(rows -> new EventPlace(
                        rows.iterator().next().getLong("position"),
                        rows.iterator().next().getOffsetDateTime("recorded_at").toInstant()));
    }

    Uni<List<Long>> positionsAt(Tx tx, List<Moment> moments) {
        return PgTx.connection(tx)
                .preparedQuery(POSITIONS_AT)
                .execute(Tuple.of(texts(moments, Moment::tenant), times(moments, m -> m.at())))
                .map(rows -> list(rows, row -> row.getLong("position")));
    }

    Uni<Optional<Instant>> timeOf(Tx tx, String tenant, long position) {
        return PgTx.connection(tx)
                .preparedQuery(TIME_OF)
                .execute(Tuple.of(tenant, position))
                .map(rows -> list(
                                rows,
                                row -> row.getOffsetDateTime("recorded_at").toInstant())
                        .stream()
                        .findFirst());
    }

    Uni<Void> answered(Tx tx, List<Long> positions) {
        return positions.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(ANSWERED)
                        .execute(Tuple.of(positions.toArray(Long[]::new)))
                        .replaceWithVoid();
    }

    Uni<Void> left(Tx tx, List<PendingEvent.AnswerProgress> progress) {
        return progress.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(LEFT)
                        .execute(Tuple.of(
                                progress.stream()
                                        .map(PendingEvent.AnswerProgress::position)
                                        .toArray(Long[]::new),
                                progress.stream()
                                        .map(p -> json.write(p.cursor()))
                                        .toArray(String[]::new)))
                        .replaceWithVoid();
    }

    Uni<Void> putAside(Tx tx, long position, String error, Instant dueAt) {
        return PgTx.connection(tx)
                .preparedQuery(PUT_ASIDE)
                .execute(Tuple.of(position, error, PgTimes.at(dueAt)))
                .replaceWithVoid();
    }

    /** @return seconds; 0 when nothing is pending */
    Uni<Double> oldestPending(Tx tx, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(OLDEST_PENDING)
                .execute(Tuple.of(PgTimes.at(now)))
                .map(rows -> rows.iterator().next().getDouble(0));
    }

    private Tuple columns(List<EventEnvelope> events, Instant now) {
        var written = events.stream().map(sizes::written).toList();
        return Tuple.tuple()
                .addArrayOfString(texts(events, EventEnvelope::tenant))
                .addArrayOfString(texts(events, EventEnvelope::id))
                .addArrayOfString(texts(events, EventEnvelope::source))
                .addArrayOfString(texts(events, EventEnvelope::type))
                .addArrayOfString(texts(events, EventEnvelope::subject))
                .addArrayOfOffsetDateTime(times(events, e -> e.occurredAt().truncatedTo(ChronoUnit.MICROS)))
                .addArrayOfString(texts(events, EventEnvelope::address))
                .addArrayOfString(texts(written, EventSizes.Written::data))
                .addArrayOfString(texts(written, EventSizes.Written::extensions))
                .addOffsetDateTime(PgTimes.at(now))
                .addArrayOfString(texts(written, EventSizes.Written::traits))
                .addArrayOfString(texts(events, e -> e.occurredAt().toString()))
                .addArrayOfString(texts(written, EventSizes.Written::content))
                .addArrayOfInteger(
                        written.stream().map(EventSizes.Written::weight).toArray(Integer[]::new));
    }

    private PendingEvent pending(Row row) {
        var cursor = row.getString("cursor");
        return new PendingEvent(
                recorded(row),
                row.getShort("attempts"),
                cursor == null ? null : json.read(cursor, PendingEvent.Cursor.class));
    }

    private RecordedEvent recorded(Row row) {
        return PgEventRows.recorded(row, json);
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> one) {
        var list = new ArrayList<T>(rows.size());
        rows.forEach(row -> list.add(one.apply(row)));
        return list;
    }
}
