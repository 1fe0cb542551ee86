package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import dev.carillon.platform.id.Ids;
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
             and ($7::text is null or x.provider = $7) and ($8::text is null or x.detail = $8)
            """;

    private static final PgColumns<String> REDRIVEN = PgColumns.IDS.after(4);

    private static final PgColumns<String> REHEARSED = PgColumns.IDS.after(2);

    private static final String PAGE = "select x.* from dead_letter x where" + FITS
            + "and x.delivery_id < $9 order by x.delivery_id desc limit $10";

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
            + "and (x.expires_at is null or x.expires_at > $9) order by x.delivery_id limit $10";

    private static final String ALL =
            "select x.delivery_id from dead_letter x where" + FITS + "order by x.delivery_id limit $9";

    private static final String EXPIRED = "select count(*) from (select from dead_letter x where" + FITS
            + "and x.expires_at <= $9 limit 10000) expired";

    /** The dead letters {@code w} that are redriven: as they are when the statement runs. */
    private static final String OF_THE_TENANT =
            "dead_letter x on x.delivery_id = w.id and x.tenant = $1 and x.purged_at is null and (x.expires_at is null or x.expires_at > $2)";

    /** Whether there is something to send: of an erased customer there is nothing left. */
    private static final String WHOLE =
            "exists (select from delivery d where d.id = w.id and d.created_at = w.created_at and d.recipient is not null and d.body is not null)";

    /**
     * The attempts start again from the first. A delivery with a customer is held, due at once: much time has passed,
     * so it is evaluated again before it goes. Rows are locked in one order, so that two large calls never deadlock.
     */
    private static final String REDRIVE = """
            with picked as (
              select x.delivery_id, w.created_at from %s join %s where %s order by x.delivery_id for update of x
            ), gone as (
              delete from dead_letter x using picked p where x.delivery_id = p.delivery_id
              returning x.*, p.created_at
            ), noted as (
              insert into dead_letter_action (delivery_id, tenant, action, failure, attempts, dead_at, acted_at, acted_by, redrive_id)
              select delivery_id, tenant, 'redriven', failure, attempts, dead_at, $2, $3, $4 from gone
            ), queued as (
              insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, expires_at, customer_id, type)
              select delivery_id, created_at, tenant, channel, priority, case when customer_id is null then 0 else 2 end, $2, expires_at, customer_id, type
              from gone
            )
            select delivery_id, notification_id, channel from gone
            """.formatted(REDRIVEN.unnest("w"), OF_THE_TENANT, WHOLE);

    /** What {@link #REDRIVE} would put into the outbox, as it would find it there; and what it would not, of erased customers. */
    private static final String REHEARSE = """
            select x.delivery_id, x.tenant, x.channel, x.customer_id, x.expires_at, %s as whole, d.notification_id, d.recipient
            from %s join %s left join delivery d on d.id = w.id and d.created_at = w.created_at order by x.delivery_id
            """.formatted(WHOLE, REHEARSED.unnest("w"), OF_THE_TENANT);

    private static final String INSERT_REDRIVE =
            "insert into redrive (tenant, id, filter, count, expired, acted_at, acted_by) values ($1, $2, $3::text::json, $4, $5, $6, $7)";

    private static final String REDRIVE_COLUMNS =
            "select id, filter::text as filter, count, expired, acted_at, acted_by from redrive ";

    private static final String REDRIVES = REDRIVE_COLUMNS + "where tenant = $1 and id < $2 order by id desc limit $3";

    private static final String ONE_REDRIVE = REDRIVE_COLUMNS + "where tenant = $1 and id = $2";

    static final String DELIVERIES_OF_REDRIVE =
            "select delivery_id from dead_letter_action where tenant = $1 and redrive_id = $2 order by delivery_id";

    private static final String BECAME = """
            select s.status, coalesce(s.dead_letter_failure, s.reason) as reason, count(*) as n
            from %s join delivery_status s on s.id = w.id and s.created_at = w.created_at group by 1, 2 order by 1, 2
            """.formatted(PgColumns.IDS.unnest("w"));

    /** The total, then groups and causes, each the largest first. */
    static final String SUMMARY = """
            with letter as materialized (
              select x.failure, x.detail, x.channel, x.provider, x.type, x.dead_at, x.expires_at <= $9 as expired
              from dead_letter x where %s order by x.delivery_id desc limit %d
            ), summed as (
              select grouping(channel) + grouping(failure) as kind, grouping(detail) as undetailed, failure, detail, channel, provider, type, count(*) as n,
                     count(*) filter (where expired) as expired, min(dead_at) as oldest, max(dead_at) as newest
              from letter group by grouping sets ((), (failure, channel, provider, type), (failure, detail))
            ), ranked as (
              select *, row_number() over (partition by kind order by n desc, failure, channel, provider, type, detail) as rank from summed
            )
            select * from ranked where rank <= case kind when 1 then %d else %d end order by kind desc, rank
            """.formatted(FITS, DeadLetters.SUMMED + 1, DeadLetters.CAUSES, DeadLetters.GROUPS);

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

    /** A dead letter that would be redriven; of an erased customer where it is not whole. */
    record Rehearsed(
            String deliveryId,
            String tenant,
            String channel,
            @Nullable String customerId,
            @Nullable Instant expiresAt,
            boolean whole,
            String notificationId,
            @Nullable String recipient) {}

    /** How many deliveries of a redrive have a status, for a reason. */
    record Became(String status, @Nullable String reason, int count) {}

    private final Json json;

    PgDeadLetters(Json json) {
        this.json = json;
    }

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

    /** @param redrive the redrive's id; null for one alone */
    Uni<List<RequeuedDelivery>> redrive(
            Tx tx, String tenant, List<String> ids, Instant now, String by, @Nullable String redrive) {
        return PgRows.of(tx, REDRIVE, REDRIVEN.of(ids, tenant, now, by, redrive))
                .list(row -> new RequeuedDelivery(
                        row.getString("delivery_id"), row.getString("notification_id"), row.getString("channel")));
    }

    Uni<List<Rehearsed>> rehearse(Tx tx, String tenant, List<String> ids, Instant now) {
        return PgRows.of(tx, REHEARSE, REHEARSED.of(ids, tenant, now))
                .list(row -> new Rehearsed(
                        row.getString("delivery_id"),
                        row.getString("tenant"),
                        row.getString("channel"),
                        row.getString("customer_id"),
                        PgTimes.instantOrNull(row, "expires_at"),
                        row.getBoolean("whole"),
                        row.getString("notification_id"),
                        row.getString("recipient")));
    }

    Uni<Void> insert(Tx tx, String tenant, Redrive made) {
        return PgRows.of(
                        tx,
                        INSERT_REDRIVE,
                        tenant,
                        made.redriveId(),
                        json.write(made.filter()),
                        made.count(),
                        made.expired(),
                        made.at(),
                        made.by())
                .done();
    }

    Uni<List<Redrive>> redrives(Tx tx, String tenant, String before, int limit) {
        return PgRows.of(tx, REDRIVES, tenant, before, limit).list(this::redrive);
    }

    Uni<Optional<Redrive>> redrive(Tx tx, String tenant, String id) {
        return PgRows.of(tx, ONE_REDRIVE, tenant, id).first(this::redrive);
    }

    Uni<List<Became>> became(Tx tx, String tenant, String redrive) {
        return PgRows.of(tx, DELIVERIES_OF_REDRIVE, tenant, redrive)
                .list(row -> row.getString(0))
                .chain(ids -> PgRows.of(tx, BECAME, PgColumns.IDS.of(ids))
                        .list(row -> new Became(
                                row.getString("status"),
                                row.getString("reason"),
                                row.getLong("n").intValue())));
    }

    Uni<DeadLetterSummary> summary(Tx tx, String tenant, DeadLetterFilter filter, Instant now) {
        return PgRows.of(tx, SUMMARY, fits(tenant, filter, now)).rows().map(PgDeadLetters::summary);
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
                        Stream.of(
                                tenant,
                                filter.channel(),
                                failure,
                                filter.type(),
                                filter.from(),
                                filter.to(),
                                filter.provider(),
                                filter.detail()),
                        Stream.of(more))
                .toArray();
    }

    private static DeadLetter letter(Row row) {
        return new DeadLetter(
                row.getString("delivery_id"),
                row.getString("notification_id"),
                row.getString("type"),
                row.getString("channel"),
                row.getString("provider"),
                FailureKind.valueOf(row.getString("failure")),
                row.getString("detail"),
                row.getShort("attempts"),
                PgTimes.instant(row, "dead_at"),
                PgTimes.instantOrNull(row, "expires_at"));
    }

    private Redrive redrive(Row row) {
        return new Redrive(
                row.getString("id"),
                json.read(row.getString("filter"), DeadLetterFilter.class),
                row.getInteger("count"),
                row.getInteger("expired"),
                PgTimes.instant(row, "acted_at"),
                row.getString("acted_by"));
    }

    private static DeadLetterSummary summary(List<Row> rows) {
        var total = rows.get(0); // of nothing there is a total, too
        int count = total.getLong("n").intValue();
        var groups = new ArrayList<DeadLetterSummary.Group>();
        var causes = new ArrayList<DeadLetterSummary.CauseCount>();
        for (var row : rows.subList(1, rows.size())) {
            var failure = FailureKind.valueOf(row.getString("failure"));
            int n = row.getLong("n").intValue();
            if (row.getInteger("undetailed") == 0) {
                causes.add(new DeadLetterSummary.CauseCount(failure, row.getString("detail"), n));
            } else {
                groups.add(new DeadLetterSummary.Group(
                        failure,
                        row.getString("channel"),
                        row.getString("provider"),
                        row.getString("type"),
                        n,
                        row.getLong("expired").intValue(),
                        PgTimes.instant(row, "oldest"),
                        PgTimes.instant(row, "newest")));
            }
        }
        return new DeadLetterSummary(
                Math.min(count, DeadLetters.SUMMED),
                total.getLong("expired").intValue(),
                count > DeadLetters.SUMMED,
                groups,
                causes);
    }
}
