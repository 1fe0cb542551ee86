package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal's SQL. */
@ApplicationScoped
class PgEventJournal {

    private static final PgColumns<NewEntry> EVENTS = PgColumns.<EventEnvelope>of()
            .text("tenant", EventEnvelope::tenant)
            .text("id", EventEnvelope::id)
            .text("source", EventEnvelope::source)
            .text("type", EventEnvelope::type)
            .text("subject", EventEnvelope::subject)
            .time("occurred_at", EventEnvelope::occurredAt)
            .text("sent_at", event -> event.occurredAt().toString())
            .in(EventSizes.Written::event)
            .text("data", EventSizes.Written::data)
            .text("extensions", EventSizes.Written::extensions)
            .text("traits", EventSizes.Written::traits)
            .text("content", EventSizes.Written::content)
            .integer("bytes", EventSizes.Written::weight)
            .in(NewEntry::written)
            .text("address", NewEntry::address)
            .integer("partition", NewEntry::partition)
            .bool("pending", NewEntry::pending)
            .after(1);

    private static final PgColumns<EventPlace> PLACES = PgColumns.<EventPlace>of()
            .bigint("position", EventPlace::position)
            .time("recorded_at", EventPlace::recordedAt)
            .after(1);

    private static final PgColumns<HistoryQuery> QUERIES = PgColumns.<HistoryQuery>of()
            .text("tenant", HistoryQuery::tenant)
            .text("subject", HistoryQuery::subject)
            .text("type", HistoryQuery::type)
            .time("since", HistoryQuery::since)
            .time("until", HistoryQuery::until)
            .bigint("position", HistoryQuery::upTo)
            .integer("most", HistoryQuery::most)
            .after(2);

    private static final PgColumns<Moment> MOMENTS =
            PgColumns.<Moment>of().text("tenant", Moment::tenant).time("at", Moment::at);

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
              from %s
            ), fresh as (
              insert into event_seen (tenant, source, id, recorded_at)
              select tenant, source, id, $1 from incoming where copy = 1 order by tenant, source, id
              on conflict do nothing
              returning tenant, source, id
            ), head as (
              update journal_head set position = position + (select count(*) from fresh), recorded_at = greatest(least(recorded_at, $1::timestamptz + interval '1 minute'), $1)
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
              insert into event_pending (position, recorded_at, tenant, address, partition, due_at)
              select position, recorded_at, tenant, address, partition, $1 from placed where pending
            )
            select position, recorded_at, n from placed order by position
            """.formatted(EVENTS.numbered("t"));

    /** One node at a time answers an address, so that its events are answered in journal order; another one skips it. */
    private static final String HOLD_ADDRESS =
            "select pg_try_advisory_xact_lock(hashtext('carillon.reaction'), hashtext($1)) as held";

    /**
     * The pending ones first, then each event by its key: as a join it was now and then planned as a merge, which reads the
     * journal from its beginning. A limit cannot be planned away. Of what follows an event that fills the portion nothing is read but
     * how large it is. Walks are looked for only if the address has any.
     */
    static final String CLAIM =
            """
            with claimed as materialized (
              select position, recorded_at, partition, attempts from event_pending
              where address = $1 and due_at <= $3 and cursor is null and behind is null and (error is null or attempts < 5)
              order by position limit $2 for update skip locked
            )
            select e.attempts, null as cursor, e.walk,
            """ + PgEventRows.COLUMNS + ", e.found from (select p.attempts, %s as walk, e.*, ".formatted(PgWalks.BEFORE)
                    + PgEventRows.before("e.position") + """
              from claimed p cross join lateral (select * from event where position = p.position and recorded_at = p.recorded_at limit 1) e
            ) e where e.before < $4 order by e.position
            """;

    private static final String AT = "select " + PgEventRows.COLUMNS + ", e.found from (select w.n, e.*, "
            + PgEventRows.before("w.n") + """
              from %s
              cross join lateral (select * from event where position = w.position and recorded_at = w.recorded_at limit 1) e
            ) e where e.before < $1 order by e.n
            """.formatted(PLACES.numbered("w"));

    /**
     * One index look-up for each query; the latest by event time first. Nothing counts before it was recorded, so
     * earlier weeks are skipped. The sum keeps the planner off the index by position, where it would read all past
     * events of the subject. A query is answered completely or not at all.
     */
    static final String HEARD =
            "select e.n, e.size, " + PgEventRows.COLUMNS + """
            from (
              select h.*, sum(h.size) over (order by h.n) - sum(h.size) over (partition by h.n) as before from (
                select w.n, h.* from %s
                cross join lateral (
                  select e.*, """.formatted(QUERIES.numbered("w")) + PgEventRows.SIZE
                    + " as size, sum(" + PgEventRows.SIZE + """
            ) over (order by e.occurred_at desc, e.position desc) as upto from (
                    select * from event h
                    where h.tenant = w.tenant and h.subject = w.subject and h.type = w.type
                      and h.occurred_at >= w.since and h.occurred_at <= w.until and h.position + 0 <= w.position and not h.erased
                      and h.recorded_at >= w.since
                    order by h.occurred_at desc, h.position desc limit w.most
                  ) e
                ) h where h.upto - h.size < $1
              ) h
            ) e where e.before < $2 order by e.n, e.occurred_at desc, e.position desc
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
            select coalesce(e.position - 1, h.position) as position from %s
            cross join journal_head h
            left join lateral (
              select position from event where tenant = w.tenant and recorded_at >= w.at order by recorded_at, position limit 1) e on true
            order by w.n
            """.formatted(MOMENTS.numbered("w"));

    private static final String TIME_OF =
            "select recorded_at from event where tenant = $1 and position >= $2 order by position limit 1";

    static final String BEFORE_LATEST = """
            select position, recorded_at from event where tenant = $1 and position <= $2
            order by recorded_at desc, position desc offset $3 limit 1
            """;

    private static final String ANSWERED = "delete from event_pending where position = any($1)";

    private static final String PUT_ASIDE = """
            update event_pending set attempts = attempts + 1, due_at = $3, error = $2 where position = $1 returning attempts >= 5 as parked
            """;

    /** Not of what waits behind a walk. */
    static final String OLDEST_PENDING = """
            select coalesce(extract(epoch from $1 - min(first.recorded_at)), 0)::float8
            from unnest($2::text[]) as a(address) cross join lateral (
              select recorded_at from event_pending
              where address = a.address and cursor is null and behind is null and (error is null or attempts < 5) order by position limit 1) first
            """;

    private final Json json;
    private final EventSizes sizes;
    private final EventSchemas schemas;
    private final Reacting reacting;

    /**
     * @param address whose loop answers it
     * @param pending whether anybody answers it
     */
    private record NewEntry(
            EventSizes.Written written,
            String address,
            @Nullable Integer partition,
            boolean pending) {}

    PgEventJournal(Json json, EventSizes sizes, EventSchemas schemas, Reacting reacting) {
        this.json = json;
        this.sizes = sizes;
        this.schemas = schemas;
        this.reacting = reacting;
    }

    Uni<List<RecordedEvent>> append(Tx tx, List<EventEnvelope> events, Instant now) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom()
                .item(() -> EVENTS.of(events.stream().map(this::entry).toList(), now))
                .chain(batch -> PgRows.of(tx, APPEND, batch)
                        .list(row -> new RecordedEvent(
                                row.getLong("position"),
                                PgTimes.instant(row, "recorded_at"),
                                PgRows.asked(events, row))));
    }

    private NewEntry entry(EventEnvelope event) {
        return new NewEntry(
                sizes.written(event),
                reacting.addressOf(event),
                event.partition(schemas.isAboutCustomer(event.type())),
                reacting.reactsTo(event));
    }

    Uni<Boolean> hold(Tx tx, String address) {
        return PgRows.of(tx, HOLD_ADDRESS, address).one(row -> row.getBoolean("held"));
    }

    /**
     * What a claim found.
     *
     * @param free   what can be answered now
     * @param behind what has to wait for a walk: its position, and the walk's
     */
    record Claimed(Portion<PendingEvent> free, Map<Long, Long> behind) {}

    Uni<Claimed> claim(Tx tx, String address, int limit, Instant now) {
        return PgRows.of(tx, CLAIM, address, limit, now, EventJournal.BYTES_AT_ONCE)
                .rows()
                .map(rows -> {
                    var behind = new LinkedHashMap<Long, Long>();
                    rows.stream()
                            .filter(row -> row.getLong("walk") != null)
                            .forEach(row -> behind.put(row.getLong("position"), row.getLong("walk")));
                    var claimed = PgEventRows.portion(rows, limit, row -> pending(row, json));
                    var free = claimed.events().stream()
                            .filter(one -> !behind.containsKey(one.position()))
                            .toList();
                    return new Claimed(new Portion<>(free, claimed.more()), behind);
                });
    }

    Uni<Portion<RecordedEvent>> at(Tx tx, List<EventPlace> places) {
        return PgRows.of(tx, AT, PLACES.of(places, EventJournal.BYTES_AT_ONCE))
                .rows()
                .map(rows -> PgEventRows.portion(rows, Integer.MAX_VALUE, this::recorded));
    }

    Uni<List<List<RecordedEvent>>> heard(Tx tx, List<HistoryQuery> questions) {
        var batch = QUERIES.of(questions, EventJournal.HEARD_BYTES_AT_MOST, EventJournal.BYTES_AT_ONCE);
        return PgRows.of(tx, HEARD, batch).rows().map(rows -> {
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
        return PgRows.of(
                        tx,
                        STRETCH,
                        after.position(),
                        after.recordedAt(),
                        upTo,
                        limit,
                        tenant,
                        EventJournal.BYTES_AT_ONCE)
                .rows()
                .map(rows -> PgEventRows.portion(rows, limit, this::recorded));
    }

    Uni<Portion<RecordedEvent>> stretchOfAll(Tx tx, EventPlace after, long upTo, int limit) {
        return PgRows.of(
                        tx,
                        STRETCH_OF_ALL,
                        after.position(),
                        after.recordedAt(),
                        upTo,
                        limit,
                        EventJournal.BYTES_AT_ONCE)
                .rows()
                .map(rows -> PgEventRows.portion(rows, limit, this::recorded));
    }

    Uni<EventPlace> head(Tx tx) {
        return PgRows.of(tx, HEAD)
                .one(row -> new EventPlace(row.getLong("position"), PgTimes.instant(row, "recorded_at")));
    }

    Uni<List<Long>> positionsAt(Tx tx, List<Moment> moments) {
        return PgRows.of(tx, POSITIONS_AT, MOMENTS.of(moments)).list(row -> row.getLong("position"));
    }

    Uni<Optional<Instant>> timeOf(Tx tx, String tenant, long position) {
        return PgRows.of(tx, TIME_OF, tenant, position).first(row -> PgTimes.instant(row, "recorded_at"));
    }

    Uni<Optional<EventPlace>> beforeLatest(Tx tx, String tenant, long upTo, int events) {
        return PgRows.of(tx, BEFORE_LATEST, tenant, upTo, events)
                .first(row -> new EventPlace(row.getLong("position"), PgTimes.instant(row, "recorded_at")));
    }

    Uni<Void> answered(Tx tx, List<Long> positions) {
        return positions.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgRows.of(tx, ANSWERED, (Object) positions.toArray(Long[]::new))
                        .done();
    }

    /** @return whether it is parked; not for one that is gone */
    Uni<Boolean> putAside(Tx tx, long position, String error, Instant dueAt) {
        return PgRows.of(tx, PUT_ASIDE, position, error, dueAt)
                .first(row -> row.getBoolean("parked"))
                .map(parked -> parked.orElse(false));
    }

    /** @return seconds; 0 when nothing is pending */
    Uni<Double> oldestPending(Tx tx, Instant now) {
        return PgRows.of(tx, OLDEST_PENDING, now, EventTypes.addresses().toArray(String[]::new))
                .one(row -> row.getDouble(0));
    }

    static PendingEvent pending(Row row, Json json) {
        var cursor = row.getString("cursor");
        return new PendingEvent(
                PgEventRows.recorded(row, json),
                row.getShort("attempts"),
                cursor == null ? null : json.read(cursor, PendingEvent.Cursor.class));
    }

    private RecordedEvent recorded(Row row) {
        return PgEventRows.recorded(row, json);
    }
}
