package dev.carillon.delivery.deadletter;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.FailureKind;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
              select x.delivery_id, w.created_at from unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
              join dead_letter x on x.delivery_id = w.id and x.tenant = $1 and x.purged_at is null and (x.expires_at is null or x.expires_at > $4)
              where exists (select from delivery d where d.id = w.id and d.created_at = w.created_at and d.recipient is not null and d.body is not null)
              order by x.delivery_id for update of x
            ), gone as (
              delete from dead_letter x using picked p where x.delivery_id = p.delivery_id
              returning x.*, p.created_at
            ), noted as (
              insert into dead_letter_action (delivery_id, tenant, action, failure, attempts, dead_at, acted_at, acted_by)
              select delivery_id, tenant, 'redriven', failure, attempts, dead_at, $4, $5 from gone
            ), queued as (
              insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, expires_at, traceparent, customer_id, type)
              select delivery_id, created_at, tenant, channel, priority, case when customer_id is null then 0 else 2 end, $4, expires_at, traceparent, customer_id, type
              from gone
            )
            select delivery_id, notification_id, channel from gone
            """;

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
        return PgTx.connection(tx)
                .preparedQuery(PAGE)
                .execute(fits(tenant, filter).addString(before).addInteger(limit))
                .map(rows -> {
                    var letters = new ArrayList<DeadLetter>(rows.size());
                    rows.forEach(row -> letters.add(letter(row)));
                    return letters;
                });
    }

    Uni<Optional<DeadLetter>> find(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(ONE)
                .execute(Tuple.of(id, tenant))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(letter(rows.iterator().next())));
    }

    Uni<List<DeadLetterHistory.Try>> attempts(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(ATTEMPTS)
                .execute(Tuple.of(id, tenant, PgTimes.at(Ids.timeOf(id))))
                .map(rows -> {
                    var tries = new ArrayList<DeadLetterHistory.Try>(rows.size());
                    rows.forEach(row -> tries.add(new DeadLetterHistory.Try(
                            row.getShort("number"),
                            row.getString("provider"),
                            row.getString("outcome"),
                            row.getString("failure"),
                            row.getString("detail"),
                            row.getOffsetDateTime("started_at").toInstant(),
                            row.getOffsetDateTime("ended_at").toInstant())));
                    return tries;
                });
    }

    Uni<List<DeadLetterHistory.Action>> actions(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(ACTIONS)
                .execute(Tuple.of(tenant, id))
                .map(rows -> {
                    var actions = new ArrayList<DeadLetterHistory.Action>(rows.size());
                    rows.forEach(row -> actions.add(new DeadLetterHistory.Action(
                            row.getString("action"),
                            row.getString("failure"),
                            row.getShort("attempts"),
                            row.getOffsetDateTime("dead_at").toInstant(),
                            row.getOffsetDateTime("acted_at").toInstant(),
                            row.getString("acted_by"))));
                    return actions;
                });
    }

    Uni<List<String>> ofUse(Tx tx, String tenant, DeadLetterFilter filter, Instant now, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(OF_USE)
                .execute(fits(tenant, filter).addOffsetDateTime(PgTimes.at(now)).addInteger(limit))
                .map(PgDeadLetters::ids);
    }

    Uni<List<String>> all(Tx tx, String tenant, DeadLetterFilter filter, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(ALL)
                .execute(fits(tenant, filter).addInteger(limit))
                .map(PgDeadLetters::ids);
    }

    Uni<Integer> expired(Tx tx, String tenant, DeadLetterFilter filter, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(EXPIRED)
                .execute(fits(tenant, filter).addOffsetDateTime(PgTimes.at(now)))
                .map(rows -> rows.iterator().next().getLong(0).intValue());
    }

    Uni<List<RequeuedDelivery>> redrive(Tx tx, String tenant, List<String> ids, Instant now, String by) {
        return PgTx.connection(tx)
                .preparedQuery(REDRIVE)
                .execute(Tuple.of(tenant, texts(ids, id -> id), times(ids, Ids::timeOf), PgTimes.at(now), by))
                .map(rows -> {
                    var queued = new ArrayList<RequeuedDelivery>(rows.size());
                    rows.forEach(row -> queued.add(new RequeuedDelivery(
                            row.getString("delivery_id"), row.getString("notification_id"), row.getString("channel"))));
                    return queued;
                });
    }

    Uni<Integer> purge(Tx tx, String tenant, List<String> ids, Instant now, String by) {
        return PgTx.connection(tx)
                .preparedQuery(PURGE)
                .execute(Tuple.of(tenant, texts(ids, id -> id), PgTimes.at(now), by))
                .map(rows -> rows.iterator().next().getLong(0).intValue());
    }

    Uni<Boolean> movedBefore(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(MOVED_BEFORE)
                .execute(Tuple.of(tenant, id))
                .map(rows -> rows.size() > 0);
    }

    private static Tuple fits(String tenant, DeadLetterFilter filter) {
        return Tuple.tuple()
                .addString(tenant)
                .addString(filter.channel())
                .addString(filter.failure() == null ? null : filter.failure().name())
                .addString(filter.type())
                .addOffsetDateTime(PgTimes.atOrNull(filter.from()))
                .addOffsetDateTime(PgTimes.atOrNull(filter.to()));
    }

    private static List<String> ids(RowSet<Row> rows) {
        var ids = new ArrayList<String>(rows.size());
        rows.forEach(row -> ids.add(row.getString(0)));
        return ids;
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
                row.getOffsetDateTime("dead_at").toInstant(),
                PgTimes.instantOrNull(row.getOffsetDateTime("expires_at")));
    }
}
