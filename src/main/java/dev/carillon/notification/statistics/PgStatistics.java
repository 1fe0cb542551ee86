package dev.carillon.notification.statistics;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts, as SQL: made from a short stretch of time at once, read from the hours alone. */
@ApplicationScoped
class PgStatistics {

    /** What ended lately is found by its time, in blocks; what it belongs to one by one, for any other way reads all there is. */
    private static final String BY_TIME = """
            select set_config('enable_bitmapscan', 'on', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)
            """;

    /** Whoever holds it counts. */
    private static final String PROGRESS = "select until from statistic_progress for update";

    /**
     * Notifications by their ids, which rise with time; attempts and reports by theirs. A delivery is looked for among those of the last
     * day first, and its notification is a little older. What is told to subscribers is no notification, and not counted.
     */
    private static final String COUNT = """
            with ended as (
              select date_trunc('hour', ended_at, 'UTC') as hour, delivery_id, ended_at as seen_at, provider,
                     case outcome when 'sent' then 'sent' when 'retry' then 'retried' when 'unknown' then 'retried'
                       else case when failure = 'EXPIRED' or outcome = 'expired' then 'expired' else 'dead-lettered' end end as status,
                     case when outcome in ('dead', 'expired') then case when failure in ('REJECTED', 'OUTCOME_UNKNOWN') then 'PROVIDER_ERROR' else coalesce(failure, '') end
                       else '' end as reason
              from attempt where ended_at >= $1 and ended_at < $2
              union all
              select date_trunc('hour', heard_at, 'UTC'), delivery_id, heard_at, provider, status, '' from delivery_report where heard_at >= $1 and heard_at < $2
            ), of_channels as (
              select n.tenant, e.hour, n.type, coalesce(lately.channel, before.channel) as channel, e.provider, e.status, e.reason
              from ended e
              left join lateral (
                select * from delivery d where d.id = e.delivery_id and d.created_at <= e.seen_at and d.created_at > e.seen_at - interval '1 day') lately on true
              left join lateral (
                select * from delivery d where lately.id is null and d.id = e.delivery_id and d.created_at <= e.seen_at - interval '1 day' offset 0) before on true
              join lateral (
                select n.tenant, n.type from notification n where n.tenant = coalesce(lately.tenant, before.tenant)
                  and n.id = coalesce(lately.notification_id, before.notification_id)
                  and n.created_at <= coalesce(lately.created_at, before.created_at) and n.created_at > coalesce(lately.created_at, before.created_at) - interval '2 days') n on true
            ), made as (
              select n.tenant, date_trunc('hour', n.created_at, 'UTC') as hour, n.type, '' as channel, '' as provider,
                     case when n.reason is null then 'accepted' else 'suppressed' end as status, coalesce(n.reason, '') as reason
              from tenant t cross join lateral (
                select * from notification n where n.tenant = t.id and n.id >= $3 and n.id < $4 and n.created_at >= $1 and n.created_at < $2) n
            )
            insert into statistic as s (tenant, hour, type, channel, provider, status, reason, count)
            select tenant, hour, type, channel, provider, status, reason, count(*) from (select * from of_channels union all select * from made) all_of_it
            group by 1, 2, 3, 4, 5, 6, 7
            on conflict (tenant, hour, type, channel, provider, status, reason) do update set count = s.count + excluded.count
            """;

    private static final String QUERY = """
            select date_trunc($4, hour, 'UTC') as at, case when $5 then type end as type, case when $6 then channel end as channel,
                   case when $7 then provider end as provider, case when $8 then reason end as reason, status, sum(count)::bigint as count
            from statistic where tenant = $1 and hour >= $2 and hour < $3
            group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 limit $9
            """;

    private static final byte[] LOWEST = new byte[10];

    /** One line of an answer: how many came to one status. */
    record Counted(Instant at, @Nullable String type, @Nullable String channel, @Nullable String provider, @Nullable String reason, String status, long count) {
    }

    /** Up to when everything is counted; nobody else counts until {@code tx} ends. */
    Uni<Instant> lockProgress(Tx tx) {
        return PgTx.connection(tx).query(PROGRESS).execute().map(rows -> rows.iterator().next().getOffsetDateTime("until").toInstant());
    }

    Uni<Instant> progress(Tx tx) {
        return PgTx.connection(tx).query("select until from statistic_progress").execute().map(rows -> rows.iterator().next().getOffsetDateTime("until").toInstant());
    }

    /** Counts what was from {@code from} to {@code to}, once; answers whether there was anything. */
    Uni<Boolean> count(Tx tx, Instant from, Instant to) {
        var connection = PgTx.connection(tx);
        return connection.query(BY_TIME).execute()
                .chain(() -> connection.preparedQuery(COUNT).execute(Tuple.of(PgTimes.at(from), PgTimes.at(to), Ids.of(from, LOWEST), Ids.of(to, LOWEST))))
                .call(() -> connection.preparedQuery("update statistic_progress set until = $1").execute(Tuple.of(PgTimes.at(to)))).map(rows -> rows.rowCount() > 0);
    }

    Uni<List<Counted>> query(Tx tx, StatisticsQuery asked, int limit) {
        return PgTx.connection(tx).preparedQuery(QUERY).execute(Tuple.tuple().addString(asked.tenant()).addOffsetDateTime(PgTimes.at(asked.from()))
                .addOffsetDateTime(PgTimes.at(asked.to())).addString(asked.bucket().wire()).addBoolean(asked.by().contains(Dimension.TYPE))
                .addBoolean(asked.by().contains(Dimension.CHANNEL)).addBoolean(asked.by().contains(Dimension.PROVIDER))
                .addBoolean(asked.by().contains(Dimension.REASON)).addInteger(limit)).map(rows -> {
                    var counted = new ArrayList<Counted>(rows.size());
                    rows.forEach(row -> counted.add(new Counted(row.getOffsetDateTime("at").toInstant(), row.getString("type"), row.getString("channel"),
                            row.getString("provider"), row.getString("reason"), row.getString("status"), row.getLong("count"))));
                    return counted;
                });
    }

    /** Lines of the same bucket, told apart alike, become one row. */
    static List<StatisticsView.Row> rows(List<Counted> counted) {
        record Place(Instant at, @Nullable String type, @Nullable String channel, @Nullable String provider, @Nullable String reason) {
        }
        var counts = new LinkedHashMap<Place, Map<String, Long>>();
        counted.forEach(one -> counts.computeIfAbsent(new Place(one.at(), one.type(), one.channel(), one.provider(), one.reason()), place -> new LinkedHashMap<>())
                .put(one.status(), one.count()));
        return counts.entrySet().stream().map(one -> StatisticsView.Row.of(one.getKey().at(), one.getKey().type(), one.getKey().channel(), one.getKey().provider(),
                one.getKey().reason(), one.getValue())).toList();
    }
}
