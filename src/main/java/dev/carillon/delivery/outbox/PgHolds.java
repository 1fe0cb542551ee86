package dev.carillon.delivery.outbox;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.outbox.Outbox.HeldFor;
import dev.carillon.delivery.outbox.ReleaseDecision.HoldAgain;
import dev.carillon.delivery.outbox.ReleaseDecision.Release;
import dev.carillon.delivery.outbox.ReleaseDecision.Withdraw;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SQL of held deliveries. They have their own index, so deliveries held for months do not slow down the ones that
 * go now.
 */
@ApplicationScoped
class PgHolds {

    private static final String DUE = """
            with due as (
              select delivery_id, created_at, customer_id, expires_at, due_at, not_before, hold_reason from outbox where state = 2 and due_at <= $1
              order by due_at, delivery_id limit $2 for update skip locked
            )
            select d.id, d.tenant, d.notification_id, due.customer_id, d.channel, d.recipient, due.expires_at, due.not_before, due.hold_reason
            from due join delivery d on d.id = due.delivery_id and d.created_at = due.created_at order by due.due_at, due.delivery_id
            """;

    /** A delivery with a time of its own (scheduled, or its provider asked to wait) keeps that time. */
    private static final String GO = """
            with go as (
              select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::timestamptz[], $6::bigint[]) as t(id, created_at, recipient, good_until, as_of)
            ), readdressed as (
              update delivery d set recipient = g.recipient from go g where d.id = g.id and d.created_at = g.created_at and d.recipient <> g.recipient
            )
            update outbox o set state = 0, due_at = coalesce(o.not_before, $5), not_before = null, good_until = g.good_until, judged_as_of = g.as_of, hold_reason = null
            from go g where o.delivery_id = g.id and o.state = 2
            """;

    private static final String WAIT = """
            update outbox o set due_at = least(greatest(w.until, o.not_before), o.expires_at), hold_reason = w.reason
            from unnest($1::text[], $2::timestamptz[], $3::text[]) as w(id, until, reason) where o.delivery_id = w.id and o.state = 2
            """;

    private static final String WITHDRAW = """
            with gone as (
              select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) as t(id, created_at, reason, detail)
            ), withdrawn as (
              delete from outbox o using gone g where o.delivery_id = g.id and o.state = 2 returning o.delivery_id
            )
            update delivery d set reason = g.reason, detail = g.detail
            from gone g join withdrawn w on w.delivery_id = g.id where d.id = g.id and d.created_at = g.created_at
            """;

    /** Waits for a concurrent claim; the claim wins. */
    private static final String WITHDRAW_ALL = """
            with open as (
              select o.delivery_id, o.created_at, o.channel from delivery d join outbox o on o.delivery_id = d.id
              where d.tenant = $1 and d.notification_id = $2 order by o.delivery_id for update of o
            ), gone as (
              delete from outbox o using open where o.delivery_id = open.delivery_id and o.state <> 1
                and not exists (select 1 from attempt a where a.delivery_id = o.delivery_id and a.outcome = 'unknown')
              returning o.delivery_id, o.created_at
            ), told as (
              update delivery d set reason = $3, detail = $4 from gone g where d.id = g.delivery_id and d.created_at = g.created_at
            )
            select open.channel, exists (select 1 from gone where gone.delivery_id = open.delivery_id) as gone from open
            """;

    /**
     * Also updates deliveries that are due: it waits for a concurrent re-evaluation, which may not have seen the
     * change.
     */
    private static final String LOOK_AGAIN = """
            update outbox o set due_at = least(o.due_at, $3) from unnest($1::text[], $2::text[]) as c(tenant, customer_id)
            where o.state = 2 and o.tenant = c.tenant and o.customer_id = c.customer_id
            """;

    Uni<List<HeldDelivery>> due(Tx tx, Instant now, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(DUE)
                .execute(Tuple.of(PgTimes.at(now), limit))
                .map(rows -> {
                    var due = new ArrayList<HeldDelivery>(rows.size());
                    rows.forEach(row -> due.add(new HeldDelivery(
                            row.getString("id"),
                            row.getString("tenant"),
                            row.getString("notification_id"),
                            row.getString("customer_id"),
                            row.getString("channel"),
                            row.getString("recipient"),
                            PgTimes.instantOrNull(row.getOffsetDateTime("expires_at")),
                            PgTimes.instantOrNull(row.getOffsetDateTime("not_before")),
                            row.getString("hold_reason"))));
                    return due;
                });
    }

    Uni<Void> settle(Tx tx, List<ReleaseDecision> clearances, Instant now) {
        return go(tx, of(clearances, Release.class), now)
                .chain(() -> hold(tx, of(clearances, HoldAgain.class)))
                .chain(() -> withdraw(tx, of(clearances, Withdraw.class)));
    }

    Uni<Void> lookAgain(Tx tx, List<HeldFor> customers, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(LOOK_AGAIN)
                .execute(Tuple.of(
                        texts(customers, HeldFor::tenant), texts(customers, HeldFor::customerId), PgTimes.at(now)))
                .replaceWithVoid();
    }

    Uni<Map<String, Boolean>> withdraw(Tx tx, String tenant, String notificationId, String reason, String detail) {
        return PgTx.connection(tx)
                .preparedQuery(WITHDRAW_ALL)
                .execute(Tuple.of(tenant, notificationId, reason, detail))
                .map(rows -> {
                    var gone = new TreeMap<String, Boolean>();
                    rows.forEach(row -> gone.put(row.getString("channel"), row.getBoolean("gone")));
                    return gone;
                });
    }

    private static Uni<Void> go(Tx tx, List<Release> all, Instant now) {
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(GO)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(all, go -> go.delivery().id()))
                                .addArrayOfOffsetDateTime(times(
                                        all, go -> Ids.timeOf(go.delivery().id())))
                                .addArrayOfString(texts(all, Release::address))
                                .addArrayOfOffsetDateTime(
                                        times(all, go -> go.judged().goodUntil()))
                                .addOffsetDateTime(PgTimes.at(now))
                                .addArrayOfLong(all.stream()
                                        .map(go -> go.judged().asOf())
                                        .toArray(Long[]::new)))
                        .replaceWithVoid();
    }

    private static Uni<Void> hold(Tx tx, List<HoldAgain> all) {
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(WAIT)
                        .execute(Tuple.of(
                                texts(all, wait -> wait.delivery().id()),
                                times(all, wait -> wait.hold().until()),
                                texts(all, wait -> wait.hold().reason())))
                        .replaceWithVoid();
    }

    private static Uni<Void> withdraw(Tx tx, List<Withdraw> all) {
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(WITHDRAW)
                        .execute(Tuple.of(
                                texts(all, gone -> gone.delivery().id()),
                                        times(
                                                all,
                                                gone -> Ids.timeOf(
                                                        gone.delivery().id())),
                                texts(all, Withdraw::reason), texts(all, Withdraw::detail)))
                        .replaceWithVoid();
    }

    private static <C extends ReleaseDecision> List<C> of(List<ReleaseDecision> clearances, Class<C> kind) {
        return clearances.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
