package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTally;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The SQL that records attempts: the row of the outbox moves, the attempt is written down and counted, all in one
 * statement.
 */
@ApplicationScoped
class PgAttempts {

    static final PgColumns<Attempt> ATTEMPTS = PgColumns.<Attempt>of()
            .text("id", attempt -> attempt.leased().delivery().id())
            .bigint("token", attempt -> attempt.leased().token())
            .text("outcome", attempt -> attempt.outcome().wire())
            .text("failure", Attempt::failure)
            .text("detail", Attempt::detail)
            .text("provider", Attempt::provider)
            .text("message_id", Attempt::providerMessageId)
            .time("started_at", attempt -> attempt.leased().leasedAt())
            .time("next_at", Attempt::nextAt)
            .text("next_provider", Attempt::nextProvider)
            .text("waits", attempt -> attempt.waits().json())
            .after(2);

    /** A delivery that waits this long for its next attempt is evaluated again before it. */
    private static final Duration JUDGED_AGAIN_AFTER = Duration.ofSeconds(30);

    /** What moved, of whatever outcome: the attempt and its row of the outbox. */
    private static final String MOVED =
            "f.*, o.delivery_id, o.tenant, o.channel, o.type, o.attempt, o.priority, o.expires_at, o.customer_id";

    /**
     * Each delivery is looked up by its key alone, and then moved at its place. With a join, the planner read the whole
     * outbox for each of them whenever its statistics dated from when it was empty. The token tells a stale completion
     * from a current one: only a leased delivery has one. So the state is not asked, which would lead the planner to the
     * index of leases (docs/adr/0028). Whoever moves the row asks for the token again, because a row that somebody else
     * has changed meanwhile is looked at anew: so it need not be locked before.
     */
    private static final String COMPLETE = """
            with result as (
              select * from %1$s
            ), found as materialized (
              select r.*, o.place from result r cross join lateral (
                select ctid as place from outbox where delivery_id = r.id and lease_token = r.token limit 1) o
            ), done as (
              delete from outbox o using found f where o.ctid = f.place and o.lease_token = f.token and f.outcome <> 'retry'
              returning %2$s
            ), again as (
              update outbox o set state = case when o.customer_id is not null and f.next_at >= $2 then 2 else 0 end,
                due_at = f.next_at, not_before = f.next_at, lease_token = null, lease_until = null, provider = f.next_provider, waits = f.waits::jsonb,
                hold_reason = null
              from found f where o.ctid = f.place and o.lease_token = f.token and f.outcome = 'retry'
              returning %2$s
            ), moved as (
              select * from done union all select * from again
            ), tried as (
              insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, failure, detail, provider_message_id, started_at)
              select delivery_id, attempt, $1, tenant, provider, outcome, failure, detail, message_id, started_at from moved
            ), dead as (
              insert into dead_letter (delivery_id, tenant, channel, provider, failure, detail, attempts, dead_at, priority, expires_at, customer_id)
              select delivery_id, tenant, channel, provider, failure, detail, attempt, $1, priority, expires_at, customer_id from moved where outcome = 'dead'
            ), counted as (
              %3$s
            )
            select delivery_id, tenant, channel, type, outcome, provider, failure from moved
            """;

    static final int TAKEN_OVER_AT_ONCE = 500;

    private static final String TAKE_OVER = """
            with stale as (
              select delivery_id from outbox where state = 1 and lease_until < $1 order by lease_until limit $3 for update skip locked
            ), again as (
              update outbox set state = 0, due_at = $1, lease_token = null, lease_until = null
              where delivery_id = any(array(select delivery_id from stale)) and attempt < $2
              returning delivery_id, tenant, channel, type, attempt, priority, expires_at, customer_id, 'retry' as outcome
            ), done as (
              delete from outbox where delivery_id = any(array(select delivery_id from stale)) and attempt >= $2
              returning delivery_id, tenant, channel, type, attempt, priority, expires_at, customer_id, 'dead' as outcome
            ), moved as (
              select *, 'unknown' as provider, 'OUTCOME_UNKNOWN' as failure from (select * from again union all select * from done) m
            ), tried as (
              insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, failure, detail, started_at)
              select delivery_id, attempt, $1, tenant, provider, 'unknown', failure, 'the sender died before it could tell', $1 from moved
            ), dead as (
              insert into dead_letter (delivery_id, tenant, channel, provider, failure, detail, attempts, dead_at, priority, expires_at, customer_id)
              select delivery_id, tenant, channel, provider, failure, 'every sender died before it could tell', attempt, $1, priority, expires_at, customer_id
              from moved where outcome = 'dead'
            ), counted as (
              %s
            )
            select delivery_id, tenant, channel, type, outcome, provider, failure from moved
            """;

    private final String complete;
    private final String takeOver;

    PgAttempts(DeliveryTally tally) {
        this.complete = complete(tally);
        this.takeOver = takeOver(tally);
    }

    static String complete(DeliveryTally tally) {
        return COMPLETE.formatted(ATTEMPTS.unnest("t"), MOVED, tally.countOfMoved());
    }

    static String takeOver(DeliveryTally tally) {
        return TAKE_OVER.formatted(tally.countOfMoved());
    }

    Uni<List<Moved>> complete(Tx tx, List<Attempt> attempts, Instant now) {
        return PgRows.of(tx, complete, ATTEMPTS.of(attempts, now, now.plus(JUDGED_AGAIN_AFTER)))
                .list(PgAttempts::moved);
    }

    Uni<List<Moved>> takeOver(Tx tx, Instant now, int attempts) {
        return PgRows.of(tx, takeOver, now, (short) attempts, TAKEN_OVER_AT_ONCE)
                .list(PgAttempts::moved);
    }

    private static Moved moved(Row row) {
        return new Moved(
                row.getString("delivery_id"),
                row.getString("tenant"),
                row.getString("channel"),
                row.getString("type"),
                row.getString("outcome"),
                row.getString("provider"),
                row.getString("failure"));
    }
}
