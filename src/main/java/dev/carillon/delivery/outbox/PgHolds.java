package dev.carillon.delivery.outbox;

import dev.carillon.delivery.outbox.Outbox.HeldFor;
import dev.carillon.delivery.outbox.ReleaseDecision.HoldAgain;
import dev.carillon.delivery.outbox.ReleaseDecision.Release;
import dev.carillon.delivery.outbox.ReleaseDecision.Withdraw;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SQL of held deliveries. They have their own index, so deliveries held for months do not slow down the ones that
 * go now.
 */
@ApplicationScoped
class PgHolds {

    private static final PgColumns<Release> RELEASED = PgColumns.IDS
            .<Release>in(one -> one.delivery().id())
            .text("recipient", Release::address)
            .time("good_until", one -> one.judged().goodUntil())
            .bigint("as_of", one -> one.judged().asOf())
            .after(1);

    private static final PgColumns<HoldAgain> HELD_AGAIN = PgColumns.<HoldAgain>of()
            .text("id", one -> one.delivery().id())
            .time("until", one -> one.hold().until())
            .text("reason", one -> one.hold().reason());

    private static final PgColumns<Withdraw> WITHDRAWN = PgColumns.IDS
            .<Withdraw>in(one -> one.delivery().id())
            .text("reason", Withdraw::reason)
            .text("detail", Withdraw::detail);

    private static final PgColumns<HeldFor> CUSTOMERS = PgColumns.<HeldFor>of()
            .text("tenant", HeldFor::tenant)
            .text("customer_id", HeldFor::customerId)
            .after(1);

    private static final String DUE = """
            with due as (
              select delivery_id, created_at, customer_id, expires_at, due_at, not_before, hold_reason from outbox where state = 2 and due_at <= $1
              order by due_at, delivery_id limit $2 for update skip locked
            )
            select d.id, d.tenant, d.notification_id, due.customer_id, d.channel, d.recipient, due.expires_at, due.not_before, due.hold_reason
            from due join delivery d on d.id = due.delivery_id and d.created_at = due.created_at order by due.due_at, due.delivery_id
            """;

    /** A delivery with a time of its own (scheduled, or its provider asked to wait) keeps that time. */
    private static final String RELEASE = """
            with released as (
              select * from %s
            ), readdressed as (
              update delivery d set recipient = r.recipient from released r where d.id = r.id and d.created_at = r.created_at and d.recipient <> r.recipient
            )
            update outbox o set state = 0, due_at = coalesce(o.not_before, $1), not_before = null, good_until = r.good_until, judged_as_of = r.as_of, hold_reason = null
            from released r where o.delivery_id = any(array(select id from released)) and o.delivery_id = r.id and o.state = 2
            """.formatted(RELEASED.unnest("t"));

    private static final String HOLD_AGAIN = """
            with held as (select * from %s)
            update outbox o set due_at = least(greatest(w.until, o.not_before), o.expires_at), hold_reason = w.reason
            from held w where o.delivery_id = any(array(select id from held)) and o.delivery_id = w.id and o.state = 2
            """.formatted(HELD_AGAIN.unnest("t"));

    private static final String WITHDRAW = """
            with gone as (
              select * from %s
            ), withdrawn as (
              delete from outbox o where o.delivery_id = any(array(select id from gone)) and o.state = 2 returning o.delivery_id
            )
            update delivery d set reason = g.reason, detail = g.detail
            from gone g join withdrawn w on w.delivery_id = g.id where d.id = g.id and d.created_at = g.created_at
            """.formatted(WITHDRAWN.unnest("t"));

    /** Waits for a concurrent claim; the claim wins. */
    private static final String WITHDRAW_ALL = """
            with open as (
              select o.delivery_id, o.created_at, o.channel from deliveries_of($2, $5) d join outbox o on o.delivery_id = d.id
              where d.tenant = $1 order by o.delivery_id for update of o
            ), gone as (
              delete from outbox o using open where o.delivery_id = open.delivery_id and o.state <> 1
                and not exists (select 1 from attempt a where a.delivery_id = o.delivery_id and a.outcome = 'unknown')
              returning o.delivery_id, o.created_at
            ), recorded as (
              update delivery d set reason = $3, detail = $4 from gone g where d.id = g.delivery_id and d.created_at = g.created_at
            )
            select open.channel, exists (select 1 from gone where gone.delivery_id = open.delivery_id) as gone from open
            """;

    /**
     * Also updates deliveries that are due: it waits for a concurrent re-evaluation, which may not have seen the
     * change.
     */
    private static final String LOOK_AGAIN = """
            update outbox o set due_at = least(o.due_at, $1) from %s
            where o.state = 2 and o.tenant = c.tenant and o.customer_id = c.customer_id
            """.formatted(CUSTOMERS.unnest("c"));

    Uni<List<HeldDelivery>> due(Tx tx, Instant now, int limit) {
        return PgRows.of(tx, DUE, now, limit)
                .list(row -> new HeldDelivery(
                        row.getString("id"),
                        row.getString("tenant"),
                        row.getString("notification_id"),
                        row.getString("customer_id"),
                        row.getString("channel"),
                        row.getString("recipient"),
                        PgTimes.instantOrNull(row, "expires_at"),
                        PgTimes.instantOrNull(row, "not_before"),
                        row.getString("hold_reason")));
    }

    Uni<Void> settle(Tx tx, List<ReleaseDecision> decisions, Instant now) {
        return PgRows.of(tx, RELEASE, RELEASED.of(of(decisions, Release.class), now))
                .done()
                .chain(() -> PgRows.of(tx, HOLD_AGAIN, HELD_AGAIN.of(of(decisions, HoldAgain.class)))
                        .done())
                .chain(() -> PgRows.of(tx, WITHDRAW, WITHDRAWN.of(of(decisions, Withdraw.class)))
                        .done());
    }

    Uni<Void> lookAgain(Tx tx, List<HeldFor> customers, Instant now) {
        return PgRows.of(tx, LOOK_AGAIN, CUSTOMERS.of(customers, now)).done();
    }

    /** Whether each channel's delivery could be withdrawn. */
    Uni<Map<String, Boolean>> withdraw(Tx tx, String tenant, String notificationId, String reason, String detail) {
        return PgRows.of(tx, WITHDRAW_ALL, tenant, notificationId, reason, detail, Ids.timeOf(notificationId))
                .<String, Boolean>map(row -> row.getString("channel"), row -> row.getBoolean("gone"))
                .map(TreeMap::new);
    }

    private static <C extends ReleaseDecision> List<C> of(List<ReleaseDecision> decisions, Class<C> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
