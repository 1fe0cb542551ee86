package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Waits;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgPortion;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The outbox's SQL. Every statement takes a batch. */
@ApplicationScoped
class PgOutbox {

    private static final PgColumns<NewDelivery> DELIVERIES = PgColumns.<Delivery>of()
            .text("id", Delivery::id)
            .time("created_at", delivery -> Ids.timeOf(delivery.id()))
            .text("tenant", Delivery::tenant)
            .text("notification_id", Delivery::notificationId)
            .text("channel", Delivery::channel)
            .text("recipient", Delivery::recipient)
            .text("subject", Delivery::subject)
            .text("body", Delivery::text)
            .text("html", Delivery::html)
            .smallint("priority", delivery -> (short) delivery.priority())
            .time("expires_at", Delivery::expiresAt)
            .text("traceparent", Delivery::traceparent)
            .text("unsubscribe_url", Delivery::unsubscribeUrl)
            .in(NewDelivery::delivery)
            .text("customer_id", NewDelivery::customerId)
            .time("hold_until", one -> one.hold() == null ? null : one.hold().until())
            .text("hold_reason", one -> one.hold() == null ? null : one.hold().reason())
            .time("good_until", one -> one.judged().goodUntil())
            .text("type", NewDelivery::type)
            .time("not_before", NewDelivery::notBefore)
            .bigint("judged_as_of", one -> one.judged().asOf());

    /** With whether the process that inserts it is to send it at once. */
    private static final PgColumns<Enqueued> ENQUEUED =
            DELIVERIES.in(Enqueued::delivery).bool("starts", Enqueued::starts).after(3);

    private static final PgColumns<LeasedDelivery> LEASES = PgColumns.<LeasedDelivery>of()
            .text("id", leased -> leased.delivery().id())
            .bigint("token", LeasedDelivery::token);

    /** How many tenants of a lane share a claim; the others' turn is the next time. */
    static final int TENANTS = 32;

    /** The most text that one claim reads; the last delivery may exceed it. The row says how long its text is. */
    static final int BYTES_AT_ONCE = 2 << 20;

    private static final String FITS = PgPortion.before("d.n", "c") + " < " + BYTES_AT_ONCE;

    /** The columns of a due row that a claim goes by. */
    static final String PICKED =
            "delivery_id, created_at, tenant, channel, priority, attempt, expires_at, provider, waits, customer_id, good_until, judged_as_of";

    /**
     * Whether anything may have changed about any recipient since the {@code %1$s} were judged: one look-up for all of
     * them. The newest change is never forgotten, and the older ones are forgotten in their order: if it is older than
     * all of them, there is none since. The journal's positions rise in the order of commit, so everything committed
     * before this statement is found, even if the delivery was being decided at the same time.
     */
    static final String CHANGED = """
            select coalesce((select max(position) from recipient_change) > (select min(judged_as_of) from %s where customer_id is not null), true) as maybe""";

    /**
     * Whether a decision is stale: something about its customer has changed since, or its time is over. One index
     * look-up each, and none where nothing has {@link #CHANGED}. Addresses are compared as in {@code PgRecipients}.
     */
    static final String STALE = """
            (p.customer_id is not null and (p.good_until <= %1$s or (select maybe from changed) and (
                 exists (select from customer_version v where v.tenant = p.tenant and v.id = p.customer_id and v.position > p.judged_as_of)
              or exists (select from preference_version v where v.tenant = p.tenant and v.customer_id = p.customer_id and v.position > p.judged_as_of)
              or exists (select from erasure e where e.tenant = p.tenant and e.customer_id = p.customer_id and e.position > p.judged_as_of)
              or exists (select from address_suppression a where a.tenant = p.tenant and a.channel = p.channel and a.position > p.judged_as_of
                and a.address = case p.channel when 'email' then lower(%2$s collate "C") when 'sms' then translate(%2$s, ' ().-/', '') else %2$s end)))) is true""";

    /**
     * A delivery that starts at once is inserted as a claim would have left it, unless its decision is stale already:
     * then it waits for a claim, which has it evaluated again. The statement answers which these are.
     */
    static final String INSERT =
            """
            with incoming as (
              select * from %1$s
            ), changed as (
              %2$s
            ), judged as materialized (
              select p.*, p.starts and not %3$s as goes from incoming p
            ), written as (
              insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body, html, unsubscribe_url, traceparent)
              select id, created_at, tenant, notification_id, channel, recipient, subject, body, html, unsubscribe_url, traceparent from incoming
            ), queued as (
              insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, expires_at, customer_id, hold_reason, good_until,
                                  type, not_before, judged_as_of, attempt, lease_token, lease_until)
              select id, created_at, tenant, channel, priority, case when goes then 1 when hold_until is null then 0 else 2 end, coalesce(hold_until, $1),
                     expires_at, customer_id, hold_reason, good_until, type, not_before, judged_as_of,
                     case when goes then 1 else 0 end, case when goes then $3::bigint end, case when goes then $2::timestamptz end
              from judged
            )
            select id from judged where starts and not goes
            """.formatted(ENQUEUED.unnest("t"), CHANGED.formatted("incoming"), STALE.formatted("$1", "p.recipient"));

    /**
     * Leases what was {@code picked} and locked. The delivery is found in its partition alone. What does not fit stays
     * as it was, and what was decided on stale facts is held for re-evaluation: both keep their place in the line, and
     * burn no attempt. One token for a whole claim is enough, because a completion names the delivery too.
     *
     * @param order of the deliveries, after their lane
     * @param now   the parameter for the current time
     * @param until the parameter for the end of the lease
     * @param more  further columns of the result
     */
    static String leased(String order, String now, String until, String more) {
        return """
            changed as (
              %1$s
            ), lease as (
              select nextval('lease_token') as token
            ), found as materialized (
              select p.*, d.notification_id, d.recipient, d.subject, case when %2$s then d.body end as body, case when %2$s then d.html end as html,
                     d.unsubscribe_url, d.traceparent, %2$s as fits, %3$s as stale
              from picked p cross join lateral (
                select *, coalesce(octet_length(body), 0) + coalesce(octet_length(html), 0) as n from delivery
                where id = p.delivery_id and created_at = p.created_at limit 1) d
              window c as (order by %4$s)
            ), leased as (
              update outbox set state = 1, attempt = attempt + 1, lease_token = (select token from lease), lease_until = %5$s, hold_reason = null
              where delivery_id = any(array(select delivery_id from found where fits and not stale))
            ), held as (
              update outbox set state = 2, not_before = due_at, hold_reason = null where delivery_id = any(array(select delivery_id from found where fits and stale))
            )
            select delivery_id, tenant, notification_id, channel, recipient, subject, body, html, priority, expires_at, traceparent, unsubscribe_url, provider,
                   waits::text as waits, (attempt + 1)::smallint as attempt, (select token from lease) as token, fits, stale%6$s
            from found p order by %4$s
            """.formatted(
                        CHANGED.formatted("picked"), FITS, STALE.formatted(now, "d.recipient"), order, until, more);
    }

    /**
     * Each priority is a lane. In it, tenants with something due take turns, starting after the one served
     * last. Each is read from its own end of the index, however many rows it has and however many wait for later.
     */
    static final String CLAIM =
            """
            with lane(priority, most, after) as (
              values (0::smallint, $10::int, $7::text), (1::smallint, $11::int, $8::text), (2::smallint, $6::int, $9::text)
            ), waiting as (
              select l.priority, t.tenant, t.turn, ceil(l.most::float8 / count(*) over (partition by l.priority))::bigint as share
              from lane l cross join lateral due_tenants($1, l.priority, l.after, $3, %1$d) t where l.most > 0 order by l.priority, t.turn
            ), picked as (
              (select c.*, w.turn, w.share from waiting w cross join lateral (%2$s) c where w.priority = 0 limit $10)
              union all
              (select c.*, w.turn, w.share from waiting w cross join lateral (%2$s) c where w.priority > 0 limit $5)
              limit $2
            ), %3$s""".formatted(TENANTS, """
            select %s from outbox where channel = $1 and priority = w.priority and state = 0 and tenant = w.tenant and due_at <= $3
            order by due_at, delivery_id limit w.share for update skip locked""".formatted(PICKED), leased("p.priority, p.turn, p.delivery_id", "$3", "$4", """
            , exists (select from picked group by priority, tenant having count(*) >= max(share)) as more"""));

    /** By an array of keys: see {@link PgAttempts}. */
    static final String RELEASE = """
            with leased as (select * from %s)
            update outbox o set state = 0, attempt = o.attempt - 1, lease_token = null, lease_until = null
            from leased l where o.delivery_id = any(array(select id from leased)) and o.delivery_id = l.id and o.lease_token = l.token
            """.formatted(LEASES.unnest("t"));

    private static final String POSTPONE = """
            update outbox set state = 0, attempt = attempt - 1, due_at = $3, lease_token = null, lease_until = null
            where delivery_id = $1 and lease_token = $2
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

    /** A new delivery, and whether its process sends it at once. */
    private record Enqueued(NewDelivery delivery, boolean starts) {}

    /**
     * Inserts deliveries, and leases some of them.
     *
     * @param starting the ids of those to be leased
     * @return the ids of those that were not leased because their decision is stale already
     */
    Uni<List<String>> insert(Tx tx, List<NewDelivery> deliveries, Set<String> starting, Instant now, Instant until) {
        return PgRows.of(tx, INSERT, batch(deliveries, starting, now, until)).list(row -> row.getString("id"));
    }

    static PgColumns.Batch batch(List<NewDelivery> deliveries, Set<String> starting, Instant now, Instant until) {
        return ENQUEUED.of(
                deliveries.stream()
                        .map(one -> new Enqueued(
                                one, starting.contains(one.delivery().id())))
                        .toList(),
                now,
                until,
                Enqueuing.TOKEN);
    }

    Uni<ClaimedDeliveries> claim(Tx tx, String channel, Lanes lanes, Instant now, Duration lease) {
        var after = lanes.after();
        return PgRows.of(
                        tx,
                        CLAIM,
                        channel,
                        lanes.places(),
                        now,
                        now.plus(lease),
                        lanes.bulk(),
                        lanes.low(),
                        after.get(0),
                        after.get(1),
                        after.get(2),
                        lanes.high(),
                        lanes.normal())
                .rows()
                .map(rows -> claimed(rows, lanes, now, lease));
    }

    /** The claimed deliveries that go. */
    static List<LeasedDelivery> going(List<Row> claimed, Instant now, Duration lease) {
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
    private static ClaimedDeliveries claimed(List<Row> rows, Lanes lanes, Instant now, Duration lease) {
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

    Uni<Void> release(Tx tx, List<LeasedDelivery> leased) {
        return PgRows.of(tx, RELEASE, LEASES.of(leased)).done();
    }

    Uni<Void> postpone(Tx tx, LeasedDelivery leased, Instant until) {
        return PgRows.of(tx, POSTPONE, leased.delivery().id(), leased.token(), until)
                .done();
    }

    /** @return seconds; 0 or less when nothing is due */
    Uni<Double> oldestDue(Tx tx, Instant now) {
        return PgRows.of(tx, OLDEST_DUE, now).one(row -> row.getDouble(0));
    }

    static LeasedDelivery leased(Row row, Instant now, Duration lease) {
        return new LeasedDelivery(
                new Delivery(
                        row.getString("delivery_id"),
                        row.getString("tenant"),
                        row.getString("notification_id"),
                        row.getString("channel"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("html"),
                        row.getShort("priority"),
                        PgTimes.instantOrNull(row, "expires_at"),
                        row.getString("traceparent"),
                        row.getString("unsubscribe_url")),
                row.getShort("attempt"),
                row.getLong("token"),
                now,
                lease,
                row.getString("provider"),
                Waits.parse(row.getString("waits")));
    }
}
