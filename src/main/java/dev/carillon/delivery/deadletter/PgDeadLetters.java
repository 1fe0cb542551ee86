package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters' SQL. Whoever deletes the row owns it, so two concurrent callers put a delivery into the outbox only
 * once.
 */
@ApplicationScoped
class PgDeadLetters {

    private static final String FITS = """
             x.tenant = $1 and x.purged_at is null and ($2::text is null or x.channel = $2) and ($3::text is null or x.failure = $3)
             and ($4::text is null or x.type = $4) and ($5::timestamptz is null or x.dead_at >= $5) and ($6::timestamptz is null or x.dead_at < $6)
            """;

    private static final PgColumns<String> REDRIVEN = PgColumns.IDS.after(3);

    private static final String PAGE = "select x.* from dead_letter x where" + FITS
            + "and x.delivery_id < $7 order by x.delivery_id desc limit $8";

    private static final String ONE =
            "select x.* from dead_letter x where x.delivery_id = $1 and x.tenant = $2 and x.purged_at is null";

    private static final String ATTEMPTS = """
            select number, provider, outcome, failure, detail, started_at, ended_at from attempt
            where delivery_id = $1 and tenant = $2 and ended_at >= $3 order by ended_at, number
            """;

    private static final String ACTIONS = """
            select action, failure, attempts, dead_at, acted_at, acted_by from dead_letter_action where tenant = $1 and delivery_id = $2 order by seq
            """;

    private static final String OF_USE = "select x.delivery_id from dead_letter x where" + FITS
            + "and (x.expires_at is null or x.expires_at > $7) order by x.delivery_id limit $8";

    private static final String ALL =
            "select x.delivery_id from dead_letter x where" + FITS + "order by x.delivery_id limit $7";

    private static final String EXPIRED = "select count(*) from (select from dead_letter x where" + FITS
            + "and x.expires_at <= $7 limit 10000) expired";

    /**
     * The attempts start again from the first. A delivery with a customer is held, due at once: much time has passed,
     * so it is evaluated again before it goes. Rows are locked in one order, so that two large calls never deadlock.
     */
    private static final String REDRIVE = """
            with picked as (
              select x.delivery_id, w.created_at from %s
              join dead_letter x on x.delivery_id = w.id and x.tenant = $1 and x.purged_at is null and (x.expires_at is null or x.expires_at > $2)
              where exists (select from delivery d where d.id = w.id and d.created_at = w.created_at and d.recipient is not null and d.body is not null)
              order by x.delivery_id for update of x
            ), gone as (
              delete from dead_letter x using picked p where x.delivery_id = p.delivery_id
              returning x.*, p.created_at
            ), noted as (
              insert into dead_letter_action (delivery_id, tenant, action, failure, attempts, dead_at, acted_at, acted_by)
              select delivery_id, tenant, 'redriven', failure, attempts, dead_at, $2, $3 from gone
            ), queued as (
              insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, expires_at, customer_id, type)
              select delivery_id, created_at, tenant, channel, priority, case when customer_id is null then 0 else 2 end, $2, expires_at, customer_id, type
              from gone
            )
            select delivery_id, notification_id, channel from gone
            """.formatted(REDRIVEN.unnest("w"));

    private static final String PURGE = """
            with picked as (
              select delivery_id from dead_letter where tenant = $1 and delivery_id = any($2) and purged_at is null order by delivery_id for update
            ), gone as (
              update dead_letter x set purged_at = $3 from picked p where x.delivery_id = p.delivery_id returning x.*
            ), noted as (
              insert into dead_letter_action (delivery_id, tenant, action, failure, attempts, dead_at, acted_at, acted_by)
              select delivery_id, tenant, 'purged', failure, attempts, dead_at, $3, $4 from gone
            )
            select count(*) from gone
            """;

    private static final String MOVED_BEFORE =
            "select 1 from dead_letter_action where tenant = $1 and delivery_id = $2 limit 1";

    /** A dead letter that went back into the outbox. */
    record RequeuedDelivery(String deliveryId, @Nullable String notificationId, String channel) {}

    Uni<List<DeadLetter>> page(Tx tx, String tenant, DeadLetterFilter filter, String before, int limit) {
        return PgRows.of(tx, PAGE, fits(tenant, filter, before, limit)).list(PgDeadLetters::letter);
    }

    Uni<Optional<DeadLetter>> find(Tx tx, String tenant, String id) {
        return PgRows.of(tx, ONE, id, tenant).first(PgDeadLetters::letter);
    }

    Uni<List<DeadLetterHistory.Try>> attempts(Tx tx, String tenant, String id) {
        return PgRows.of(tx, ATTEMPTS, id, tenant, Ids.timeOf(id))
                .list(row -> new DeadLetterHistory.Try(
                        row.getShort("number"),
                        row.getString("provider"),
                        row.getString("outcome"),
                        row.getString("failure"),
                        row.getString("detail"),
                        PgTimes.instant(row, "started_at"),
                        PgTimes.instant(row, "ended_at")));
    }

    Uni<List<DeadLetterHistory.Action>> actions(Tx tx, String tenant, String id) {
        return PgRows.of(tx, ACTIONS, tenant, id)
                .list(row -> new DeadLetterHistory.Action(
                        row.getString("action"),
                        row.getString("failure"),
                        row.getShort("attempts"),
                        PgTimes.instant(row, "dead_at"),
                        PgTimes.instant(row, "acted_at"),
                        row.getString("acted_by")));
    }

    Uni<List<String>> ofUse(Tx tx, String tenant, DeadLetterFilter filter, Instant now, int limit) {
        return PgRows.of(tx, OF_USE, fits(tenant, filter, now, limit)).list(row -> row.getString(0));
    }

    Uni<List<String>> all(Tx tx, String tenant, DeadLetterFilter filter, int limit) {
        return PgRows.of(tx, ALL, fits(tenant, filter, limit)).list(row -> row.getString(0));
    }

    Uni<Integer> expired(Tx tx, String tenant, DeadLetterFilter filter, Instant now) {
        return PgRows.of(tx, EXPIRED, fits(tenant, filter, now))
                .one(row -> row.getLong(0).intValue());
    }

    Uni<List<RequeuedDelivery>> redrive(Tx tx, String tenant, List<String> ids, Instant now, String by) {
        return PgRows.of(tx, REDRIVE, REDRIVEN.of(ids, tenant, now, by))
                .list(row -> new RequeuedDelivery(
                        row.getString("delivery_id"), row.getString("notification_id"), row.getString("channel")));
    }

    Uni<Integer> purge(Tx tx, String tenant, List<String> ids, Instant now, String by) {
        return PgRows.of(tx, PURGE, tenant, ids.toArray(String[]::new), now, by)
                .one(row -> row.getLong(0).intValue());
    }

    Uni<Boolean> movedBefore(Tx tx, String tenant, String id) {
        return PgRows.of(tx, MOVED_BEFORE, tenant, id).any();
    }

    /** The parameters of {@link #FITS}, and those behind them. */
    private static Object[] fits(String tenant, DeadLetterFilter filter, Object... more) {
        var failure = filter.failure() == null ? null : filter.failure().name();
        return Stream.concat(
                        Stream.of(tenant, filter.channel(), failure, filter.type(), filter.from(), filter.to()),
                        Stream.of(more))
                .toArray();
    }

    private static DeadLetter letter(Row row) {
        return new DeadLetter(
                row.getString("delivery_id"),
                row.getString("notification_id"),
                row.getString("type"),
                row.getString("channel"),
                FailureKind.valueOf(row.getString("failure")),
                row.getString("detail"),
                row.getShort("attempts"),
                PgTimes.instant(row, "dead_at"),
                PgTimes.instantOrNull(row, "expires_at"));
    }
}
