package dev.carillon.notification.statistics;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL of statistics: counts that were appended batch by batch are rolled up into hours, and read from both. */
@ApplicationScoped
class PgStatistics {

    /**
     * Rows are locked in the order of their keys, so that two never deadlock. The counts of deleted tenants are
     * dropped.
     */
    private static final String GATHER = """
            with gone as (
              delete from tally where ctid = any(array(select ctid from tally limit $1 for update skip locked)) returning *
            ), known as (
              select * from gone g where exists (select from tenant where id = g.tenant)
            ), gathered as (
              insert into statistic as s (tenant, hour, type, channel, provider, status, reason, count)
              select tenant, date_trunc('hour', minute, 'UTC'), type, channel, provider, status, reason, sum(count) from known
              group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
              on conflict (tenant, hour, type, channel, provider, status, reason) do update set count = s.count + excluded.count
            ), lately as (
              insert into recent_statistic as s (tenant, minute, channel, provider, status, count)
              select tenant, minute, channel, provider, status, sum(count) from known where channel <> '' and minute >= $2
              group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
              on conflict (tenant, minute, channel, provider, status) do update set count = s.count + excluded.count
            )
            select count(*) from gone
            """;

    private static final String FORGET = """
            delete from recent_statistic where ctid = any(array(
              select ctid from recent_statistic where minute < $1 order by minute limit $2 for update skip locked))
            """;

    private static final String HOURS = """
            (select tenant, hour, type, channel, provider, status, reason, count from statistic
             union all
             select tenant, date_trunc('hour', minute, 'UTC'), type, channel, provider, status, reason, count from tally) s""";

    private static final String QUERY = """
            select date_trunc($4, hour, 'UTC') as at, case when $5 then type end as type, case when $6 then channel end as channel,
                   case when $7 then provider end as provider, case when $8 then reason end as reason, status, sum(count)::bigint as count
            from %s where tenant = $1 and hour >= $2 and hour < $3
            group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 limit $9
            """.formatted(HOURS);

    static final String REASONS = """
            select hour as at, status, reason, sum(count)::bigint as count
            from %s where tenant = $1 and hour >= $2 and hour < $3 and reason <> ''
            group by 1, 2, 3 order by 1, 2, 3 limit $4
            """.formatted(HOURS);

    static final String RATES = """
            select minute as at, channel, provider, status, sum(count)::bigint as count
            from (select tenant, minute, channel, provider, status, count from recent_statistic
                  union all
                  select tenant, minute, channel, provider, status, count from tally where channel <> '') s
            where tenant = $1 and minute >= $2
            group by 1, 2, 3, 4 order by 1, 2, 3, 4 limit $3
            """;

    /** One row of an answer: how many notifications reached one status. */
    record Counted(
            Instant at,
            @Nullable String type,
            @Nullable String channel,
            @Nullable String provider,
            @Nullable String reason,
            String status,
            long count) {}

    /**
     * @param since of this minute or later: counted by the minute as well
     * @return how many rows were gathered: less than the limit when that was all
     */
    Uni<Long> gather(Tx tx, int limit, Instant since) {
        return PgRows.of(tx, GATHER, limit, since).one(row -> row.getLong(0));
    }

    /** @return how many rows were deleted: less than the limit when that was all */
    Uni<Integer> forget(Tx tx, Instant before, int limit) {
        return PgRows.of(tx, FORGET, before, limit).count();
    }

    Uni<List<Counted>> reasons(Tx tx, String tenant, Instant from, Instant to, int limit) {
        return PgRows.of(tx, REASONS, tenant, from, to, limit)
                .list(row -> new Counted(
                        PgTimes.instant(row, "at"),
                        null,
                        null,
                        null,
                        row.getString("reason"),
                        row.getString("status"),
                        row.getLong("count")));
    }

    Uni<List<Counted>> rates(Tx tx, String tenant, Instant from, int limit) {
        return PgRows.of(tx, RATES, tenant, from, limit)
                .list(row -> new Counted(
                        PgTimes.instant(row, "at"),
                        null,
                        row.getString("channel"),
                        row.getString("provider"),
                        null,
                        row.getString("status"),
                        row.getLong("count")));
    }

    Uni<List<Counted>> query(Tx tx, StatisticsQuery asked, int limit) {
        return PgRows.of(
                        tx,
                        QUERY,
                        asked.tenant(),
                        asked.from(),
                        asked.to(),
                        asked.bucket().wire(),
                        asked.by().contains(Dimension.TYPE),
                        asked.by().contains(Dimension.CHANNEL),
                        asked.by().contains(Dimension.PROVIDER),
                        asked.by().contains(Dimension.REASON),
                        limit)
                .list(row -> new Counted(
                        PgTimes.instant(row, "at"),
                        row.getString("type"),
                        row.getString("channel"),
                        row.getString("provider"),
                        row.getString("reason"),
                        row.getString("status"),
                        row.getLong("count")));
    }

    /** Counts of the same bucket and the same groups become one row. */
    static List<StatisticsView.Row> rows(List<Counted> counted) {
        record CountKey(
                Instant at,
                @Nullable String type,
                @Nullable String channel,
                @Nullable String provider,
                @Nullable String reason) {}
        var counts = new LinkedHashMap<CountKey, Map<String, Long>>();
        counted.forEach(one -> counts.computeIfAbsent(
                        new CountKey(one.at(), one.type(), one.channel(), one.provider(), one.reason()),
                        place -> new LinkedHashMap<>())
                .put(one.status(), one.count()));
        return counts.entrySet().stream()
                .map(one -> StatisticsView.Row.of(
                        one.getKey().at(),
                        one.getKey().type(),
                        one.getKey().channel(),
                        one.getKey().provider(),
                        one.getKey().reason(),
                        one.getValue()))
                .toList();
    }
}
