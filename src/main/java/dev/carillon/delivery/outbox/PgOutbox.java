package dev.carillon.delivery.outbox;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.SkippedDelivery;
import dev.carillon.delivery.Waits;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The outbox's SQL. Every statement takes a batch. */
@ApplicationScoped
class PgOutbox {

    private static final String INSERT = """
            with parcel as (
              select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                                   $9::text[], $10::smallint[], $11::timestamptz[], $12::text[], $14::text[], $15::timestamptz[], $16::text[], $17::timestamptz[],
                                   $18::text[], $19::text[], $20::timestamptz[], $21::bigint[])
                as t(id, created_at, tenant, notification_id, channel, recipient, subject, body, html, priority, expires_at, traceparent,
                     customer_id, hold_until, hold_reason, good_until, unsubscribe_url, type, not_before, judged_as_of)
            ), written as (
              insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body, html, unsubscribe_url, traceparent)
              select id, created_at, tenant, notification_id, channel, recipient, subject, body, html, unsubscribe_url, traceparent from parcel
            )
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, expires_at, traceparent, customer_id, hold_reason, good_until, type,
                                not_before, judged_as_of)
            select id, created_at, tenant, channel, priority, case when hold_until is null then 0 else 2 end, coalesce(hold_until, $13),
                   expires_at, traceparent, customer_id, hold_reason, good_until, type, not_before, judged_as_of from parcel
            """;

    private static final String INSERT_SKIPPED = """
            insert into delivery (id, created_at, tenant, notification_id, channel, reason, detail)
            select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
            """;

    /** How many tenants of a lane share a claim; the others' turn is the next time. */
    static final int TENANTS = 32;

    /** The most text that one claim reads; the last delivery may exceed it. The row says how long its text is. */
    static final int BYTES_AT_ONCE = 2 << 20;

    private static final String FITS = "sum(b.n) over c - b.n < " + BYTES_AT_ONCE;

    /**
     * Whether a decision is stale: something about its customer has changed since, or its time is over. One index
     * look-up each. The journal's positions rise in the order of commit, so everything committed before this claim is
     * found, even if the delivery was being decided at the same time. Addresses are compared as in {@code
     * PgRecipients}.
     */
    private static final String STALE = """
            (l.customer_id is not null and (l.good_until <= %s
              or exists (select 1 from customer_version v where v.tenant = d.tenant and v.id = l.customer_id and v.position > l.judged_as_of)
              or exists (select 1 from preference_version v where v.tenant = d.tenant and v.customer_id = l.customer_id and v.position > l.judged_as_of)
              or exists (select 1 from erasure e where e.tenant = d.tenant and e.customer_id = l.customer_id and e.position > l.judged_as_of)
              or exists (select 1 from address_suppression a where a.tenant = d.tenant and a.channel = d.channel and a.position > l.judged_as_of
                and a.address = case d.channel when 'email' then lower(d.recipient collate "C") when 'sms' then translate(d.recipient, ' ().-/', '')
                                else d.recipient end))) is true""";

    /**
     * The columns that {@link #leased} reads of a claimed delivery. The text is read only as far as it fits, in the
     * order of the window {@code c}.
     */
    private static final String PARCEL = """
            d.id, d.tenant, d.notification_id, d.channel, d.recipient, d.subject, case when %1$s then d.body end as body,
                   case when %1$s then d.html end as html, %1$s as fits, %2$s as stale, d.unsubscribe_url,
                   l.priority, l.attempt, l.lease_token, l.expires_at, l.traceparent, l.provider, l.waits::text as waits""";

    /** The delivery of a lease and the length of its text. */
    static final String DELIVERY = """
            join delivery d on d.id = l.delivery_id and d.created_at = l.created_at
            cross join lateral (select coalesce(octet_length(d.body), 0) + coalesce(octet_length(d.html), 0) as n) b""";

    /**
     * Each priority is a lane. In it, tenants with something due take turns in a ring, starting after the one served
     * last. Each is read from its own end of the index, however many rows it has and however many wait for later.
     */
    static final String CLAIM = """
            with lane(priority, most, after) as (
              values (0::smallint, $10::int, $7::text), (1::smallint, $11::int, $8::text), (2::smallint, $6::int, $9::text)
            ), waiting as (
              select l.priority, t.tenant, t.turn, ceil(l.most::float8 / count(*) over (partition by l.priority))::bigint as share
              from lane l cross join lateral due_tenants($1, l.priority, l.after, $3, %1$d) t where l.most > 0 order by l.priority, t.turn
            ), picked as (
              (select c.delivery_id, w.priority, w.tenant, w.turn, w.share from waiting w cross join lateral (%2$s) c where w.priority = 0 limit $10)
              union all
              (select c.delivery_id, w.priority, w.tenant, w.turn, w.share from waiting w cross join lateral (%2$s) c where w.priority > 0 limit $5)
              limit $2
            ), leased as (
              %3$s
            )
            select %4$s, p.turn,
                   exists (select from picked group by priority, tenant having count(*) >= max(share)) as more
            from leased l join picked p on p.delivery_id = l.delivery_id %5$s
            window c as (order by l.priority, p.turn, d.id)
            order by l.priority, p.turn, d.id
            """.formatted(TENANTS, """
            select delivery_id from outbox where channel = $1 and priority = w.priority and state = 0 and tenant = w.tenant and due_at <= $3
            order by due_at, delivery_id limit w.share for update skip locked""", leasing("$4"), delivery("$3"), DELIVERY);

    /** A delivery that waits this long for its next attempt is evaluated again before it. */
    private static final Duration JUDGED_AGAIN_AFTER = Duration.ofSeconds(30);

    /**
     * Each delivery is looked up by its key alone, and locked. With a join, the planner read the whole outbox for each
     * of them whenever its statistics dated from when it was empty; the sum keeps it off the index of leases. The token
     * tells a stale completion from a current one.
     */
    static final String COMPLETE = """
            with result as (
              select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[],
                                   $12::text[], $13::text[])
                as t(id, token, outcome, failure, detail, provider, message_id, started_at, next_at, next_provider, waits)
            ), moved as materialized (
              select r.*, o.* from result r cross join lateral (
                select delivery_id, tenant, channel, type, attempt, priority, expires_at, traceparent, customer_id from outbox
                where delivery_id = r.id and lease_token = r.token and state + 0 = 1 limit 1 for update) o
            ), done as (
              delete from outbox where delivery_id = any(array(select delivery_id from moved where outcome <> 'retry'))
            ), again as (
              update outbox o set state = case when m.customer_id is not null and m.next_at >= $11 then 2 else 0 end,
                due_at = m.next_at, not_before = m.next_at, lease_token = null, lease_until = null, provider = m.next_provider, waits = m.waits::jsonb,
                hold_reason = null
              from moved m where o.delivery_id = any(array(select delivery_id from moved where outcome = 'retry')) and m.delivery_id = o.delivery_id
            ), tried as (
              insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, failure, detail, provider_message_id, started_at)
              select delivery_id, attempt, $10, tenant, provider, outcome, failure, detail, message_id, started_at from moved
            ), dead as (
              insert into dead_letter (delivery_id, tenant, channel, failure, detail, attempts, dead_at, priority, expires_at, traceparent, customer_id)
              select delivery_id, tenant, channel, failure, detail, attempt, $10, priority, expires_at, traceparent, customer_id from moved where outcome = 'dead'
            )
            select delivery_id, tenant, channel, type, outcome, provider, failure from moved
            """;

    /** Leases what was {@code picked}, the parameter being the end of the lease. */
    static String leasing(String until) {
        return """
            update outbox set state = 1, attempt = attempt + 1, lease_token = nextval('lease_token'), lease_until = %s, hold_reason = null
              where delivery_id = any(array(select delivery_id from picked))
              returning delivery_id, created_at, priority, attempt, lease_token, expires_at, traceparent, provider, waits, customer_id, good_until, judged_as_of""".formatted(until);
    }

    /** The columns of a leased delivery; the parameter is the current time. */
    static String delivery(String now) {
        return PARCEL.formatted(FITS, STALE.formatted(now));
    }

    private static final String RELEASE = """
            update outbox o set state = 0, attempt = o.attempt - 1, lease_token = null, lease_until = null
            from unnest($1::text[], $2::bigint[]) as l(id, token) where o.delivery_id = l.id and o.lease_token = l.token and o.state + 0 = 1
            """;

    private static final String POSTPONE = """
            update outbox set state = 0, attempt = attempt - 1, due_at = $3, lease_token = null, lease_until = null
            where delivery_id = $1 and lease_token = $2 and state + 0 = 1
            """;

    /** It keeps its place in the line, and burns no attempt. */
    private static final String HOLD = """
            update outbox o set state = 2, attempt = o.attempt - 1, not_before = o.due_at, lease_token = null, lease_until = null
            from unnest($1::text[], $2::bigint[]) as l(id, token) where o.delivery_id = l.id and o.lease_token = l.token and o.state + 0 = 1
            """;

    static final int TAKEN_OVER_AT_ONCE = 500;

    static final String TAKE_OVER = """
            with stale as (
              select delivery_id from outbox where state = 1 and lease_until < $1 order by lease_until limit $3 for update skip locked
            ), again as (
              update outbox set state = 0, due_at = $1, lease_token = null, lease_until = null
              where delivery_id = any(array(select delivery_id from stale)) and attempt < $2
              returning delivery_id, tenant, channel, type, attempt, priority, expires_at, traceparent, customer_id, 'retry' as outcome
            ), done as (
              delete from outbox where delivery_id = any(array(select delivery_id from stale)) and attempt >= $2
              returning delivery_id, tenant, channel, type, attempt, priority, expires_at, traceparent, customer_id, 'dead' as outcome
            ), moved as (
              select * from again union all select * from done
            ), tried as (
              insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, failure, detail, started_at)
              select delivery_id, attempt, $1, tenant, 'unknown', 'unknown', 'OUTCOME_UNKNOWN', 'the sender died before it could tell', $1 from moved
            ), dead as (
              insert into dead_letter (delivery_id, tenant, channel, failure, detail, attempts, dead_at, priority, expires_at, traceparent, customer_id)
              select delivery_id, tenant, channel, 'OUTCOME_UNKNOWN', 'every sender died before it could tell', attempt, $1,
                     priority, expires_at, traceparent, customer_id
              from moved where outcome = 'dead'
            )
            select delivery_id, tenant, channel, type, outcome, 'unknown' as provider, 'OUTCOME_UNKNOWN' as failure from moved
            """;

    /** One look-up at the end of the index for each tenant in each lane, however long the lane is. */
    private static final String OLDEST_DUE = """
            with recursive lanes as (
              (select channel, priority, tenant, due_at from outbox where state = 0 order by channel, priority, tenant, due_at limit 1)
              union all
              select next.channel, next.priority, next.tenant, next.due_at from lanes l cross join lateral (
                select channel, priority, tenant, due_at from outbox where state = 0 and (channel, priority, tenant) > (l.channel, l.priority, l.tenant)
                order by channel, priority, tenant, due_at limit 1) next
            )
            select coalesce(extract(epoch from $1 - least(
              (select min(due_at) from lanes),
              (select min(lease_until) from outbox where state = 1),
              (select min(due_at) from outbox where state = 2))), 0)::float8
            """;

    Uni<Void> insert(Tx tx, List<NewDelivery> deliveries, List<SkippedDelivery> skipped, Instant now) {
        var connection = PgTx.connection(tx);
        var inserted = deliveries.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(INSERT)
                        .execute(columns(deliveries, now))
                        .replaceWithVoid();
        return skipped.isEmpty()
                ? inserted
                : inserted.chain(() -> connection
                        .preparedQuery(INSERT_SKIPPED)
                        .execute(columns(skipped))
                        .replaceWithVoid());
    }

    Uni<ClaimedDeliveries> claim(Tx tx, String channel, Lanes lanes, Instant now, Duration lease) {
        return PgTx.connection(tx)
                .preparedQuery(CLAIM)
                .execute(Tuple.tuple()
                        .addString(channel)
                        .addInteger(lanes.places())
                        .addOffsetDateTime(PgTimes.at(now))
                        .addOffsetDateTime(PgTimes.at(now.plus(lease)))
                        .addInteger(lanes.bulk())
                        .addInteger(lanes.low())
                        .addString(lanes.after().get(0))
                        .addString(lanes.after().get(1))
                        .addString(lanes.after().get(2))
                        .addInteger(lanes.high())
                        .addInteger(lanes.normal()))
                .chain(rows -> sorted(tx, rows).replaceWith(() -> claimed(rows, lanes, now, lease)));
    }

    /** Puts back what was claimed and does not fit, and holds what was decided on stale facts, for re-evaluation. */
    Uni<Void> sorted(Tx tx, RowSet<Row> claimed) {
        var over = new ArrayList<Row>();
        var stale = new ArrayList<Row>();
        claimed.forEach(row -> {
            if (!row.getBoolean("fits")) {
                over.add(row);
            } else if (row.getBoolean("stale")) {
                stale.add(row);
            }
        });
        return unlease(tx, RELEASE, over).chain(() -> unlease(tx, HOLD, stale));
    }

    /** The claimed deliveries that go. */
    static List<LeasedDelivery> going(RowSet<Row> claimed, Instant now, Duration lease) {
        var going = new ArrayList<LeasedDelivery>(claimed.size());
        claimed.forEach(row -> {
            if (goes(row)) {
                going.add(leased(row, now, lease));
            }
        });
        return going;
    }

    private static boolean goes(Row row) {
        return row.getBoolean("fits") && !row.getBoolean("stale");
    }

    /** Rows are in the order of lanes and turns: the last row of a lane is of the tenant served last. */
    private static ClaimedDeliveries claimed(RowSet<Row> rows, Lanes lanes, Instant now, Duration lease) {
        var leased = new ArrayList<LeasedDelivery>(rows.size());
        var after = new ArrayList<>(lanes.after());
        boolean more = false;
        boolean anyStale = false;
        for (var row : rows) {
            if (!row.getBoolean("fits")) {
                more = true;
                break;
            }
            if (goes(row)) {
                leased.add(leased(row, now, lease));
            }
            anyStale |= row.getBoolean("stale");
            after.set(row.getShort("priority"), row.getString("tenant"));
            more = row.getBoolean("more") || anyStale; // its place is free for another one
        }
        return new ClaimedDeliveries(leased, more, false, after);
    }

    Uni<List<Moved>> complete(Tx tx, List<Attempt> attempts, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(COMPLETE)
                .execute(Tuple.tuple()
                        .addArrayOfString(
                                texts(attempts, a -> a.leased().delivery().id()))
                        .addArrayOfLong(
                                attempts.stream().map(a -> a.leased().token()).toArray(Long[]::new))
                        .addArrayOfString(texts(attempts, a -> a.outcome().wire()))
                        .addArrayOfString(texts(attempts, Attempt::failure))
                        .addArrayOfString(texts(attempts, Attempt::detail))
                        .addArrayOfString(texts(attempts, Attempt::provider))
                        .addArrayOfString(texts(attempts, Attempt::providerMessageId))
                        .addArrayOfOffsetDateTime(
                                times(attempts, a -> a.leased().leasedAt()))
                        .addArrayOfOffsetDateTime(times(attempts, Attempt::nextAt))
                        .addOffsetDateTime(PgTimes.at(now))
                        .addOffsetDateTime(PgTimes.at(now.plus(JUDGED_AGAIN_AFTER)))
                        .addArrayOfString(texts(attempts, Attempt::nextProvider))
                        .addArrayOfString(texts(attempts, a -> a.waits().json())))
                .map(PgOutbox::moved);
    }

    Uni<Void> release(Tx tx, List<LeasedDelivery> leased) {
        return unlease(
                tx,
                RELEASE,
                texts(leased, one -> one.delivery().id()),
                leased.stream().map(LeasedDelivery::token).toArray(Long[]::new));
    }

    Uni<Void> postpone(Tx tx, LeasedDelivery leased, Instant until) {
        return PgTx.connection(tx)
                .preparedQuery(POSTPONE)
                .execute(Tuple.of(leased.delivery().id(), leased.token(), PgTimes.at(until)))
                .replaceWithVoid();
    }

    private static Uni<Void> unlease(Tx tx, String sql, List<Row> claimed) {
        return claimed.isEmpty()
                ? Uni.createFrom().voidItem()
                : unlease(
                        tx,
                        sql,
                        texts(claimed, row -> row.getString("id")),
                        claimed.stream().map(row -> row.getLong("lease_token")).toArray(Long[]::new));
    }

    private static Uni<Void> unlease(Tx tx, String sql, String[] ids, Long[] tokens) {
        return PgTx.connection(tx)
                .preparedQuery(sql)
                .execute(Tuple.of(ids, tokens))
                .replaceWithVoid();
    }

    Uni<List<Moved>> takeOver(Tx tx, Instant now, int attempts) {
        return PgTx.connection(tx)
                .preparedQuery(TAKE_OVER)
                .execute(Tuple.of(PgTimes.at(now), (short) attempts, TAKEN_OVER_AT_ONCE))
                .map(PgOutbox::moved);
    }

    /** @return seconds; 0 or less when nothing is due */
    Uni<Double> oldestDue(Tx tx, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(OLDEST_DUE)
                .execute(Tuple.of(PgTimes.at(now)))
                .map(rows -> rows.iterator().next().getDouble(0));
    }

    private static Tuple columns(List<NewDelivery> consignments, Instant now) {
        var deliveries = consignments.stream().map(NewDelivery::delivery).toList();
        return Tuple.tuple()
                .addArrayOfString(texts(deliveries, Delivery::id))
                .addArrayOfOffsetDateTime(times(deliveries, p -> Ids.timeOf(p.id())))
                .addArrayOfString(texts(deliveries, Delivery::tenant))
                .addArrayOfString(texts(deliveries, Delivery::notificationId))
                .addArrayOfString(texts(deliveries, Delivery::channel))
                .addArrayOfString(texts(deliveries, Delivery::recipient))
                .addArrayOfString(texts(deliveries, Delivery::subject))
                .addArrayOfString(texts(deliveries, Delivery::text))
                .addArrayOfString(texts(deliveries, Delivery::html))
                .addArrayOfShort(
                        deliveries.stream().map(p -> (short) p.priority()).toArray(Short[]::new))
                .addArrayOfOffsetDateTime(times(deliveries, Delivery::expiresAt))
                .addArrayOfString(texts(deliveries, Delivery::traceparent))
                .addOffsetDateTime(PgTimes.at(now))
                .addArrayOfString(texts(consignments, NewDelivery::customerId))
                .addArrayOfOffsetDateTime(times(
                        consignments, c -> c.hold() == null ? null : c.hold().until()))
                .addArrayOfString(texts(
                        consignments, c -> c.hold() == null ? null : c.hold().reason()))
                .addArrayOfOffsetDateTime(times(consignments, c -> c.judged().goodUntil()))
                .addArrayOfString(texts(deliveries, Delivery::unsubscribeUrl))
                .addArrayOfString(texts(consignments, NewDelivery::type))
                .addArrayOfOffsetDateTime(times(consignments, NewDelivery::notBefore))
                .addArrayOfLong(
                        consignments.stream().map(c -> c.judged().asOf()).toArray(Long[]::new));
    }

    private static Tuple columns(List<SkippedDelivery> skipped) {
        return Tuple.tuple()
                .addArrayOfString(texts(skipped, SkippedDelivery::id))
                .addArrayOfOffsetDateTime(times(skipped, s -> Ids.timeOf(s.id())))
                .addArrayOfString(texts(skipped, SkippedDelivery::tenant))
                .addArrayOfString(texts(skipped, SkippedDelivery::notificationId))
                .addArrayOfString(texts(skipped, SkippedDelivery::channel))
                .addArrayOfString(texts(skipped, SkippedDelivery::reason))
                .addArrayOfString(texts(skipped, SkippedDelivery::detail));
    }

    static LeasedDelivery leased(Row row, Instant now, Duration lease) {
        return new LeasedDelivery(
                new Delivery(
                        row.getString("id"),
                        row.getString("tenant"),
                        row.getString("notification_id"),
                        row.getString("channel"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("html"),
                        row.getShort("priority"),
                        PgTimes.instantOrNull(row.getOffsetDateTime("expires_at")),
                        row.getString("traceparent"),
                        row.getString("unsubscribe_url")),
                row.getShort("attempt"),
                row.getLong("lease_token"),
                now,
                lease,
                row.getString("provider"),
                Waits.parse(row.getString("waits")));
    }

    private static List<Moved> moved(RowSet<Row> rows) {
        var moved = new ArrayList<Moved>(rows.size());
        rows.forEach(row -> moved.add(new Moved(
                row.getString("delivery_id"),
                row.getString("tenant"),
                row.getString("channel"),
                row.getString("type"),
                row.getString("outcome"),
                row.getString("provider"),
                row.getString("failure"))));
        return moved;
    }
}
