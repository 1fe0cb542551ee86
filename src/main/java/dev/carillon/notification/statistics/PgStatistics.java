package dev.carillon.notification.statistics;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL of statistics: counts are appended batch by batch, rolled up into hours, and read from both. */
@ApplicationScoped
class PgStatistics {

    private static final String APPEND = """
            insert into tally (tenant, hour, type, channel, provider, status, reason, count)
            select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
            """;

    /**
     * Rows are locked in the order of their keys, so that two never deadlock. The counts of deleted tenants are
     * dropped.
     */
    private static final String GATHER = """
            with gone as (
              delete from tally where ctid = any(array(select ctid from tally limit $1 for update skip locked)) returning *
            ), gathered as (
              insert into statistic as s (tenant, hour, type, channel, provider, status, reason, count)
              select g.tenant, hour, type, channel, provider, status, reason, sum(count) from gone g where exists (select from tenant where id = g.tenant)
              group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
              on conflict (tenant, hour, type, channel, provider, status, reason) do update set count = s.count + excluded.count
            )
            select count(*) from gone
            """;

    private static final String QUERY = """
            select date_trunc($4, hour, 'UTC') as at, case when $5 then type end as type, case when $6 then channel end as channel,
                   case when $7 then provider end as provider, case when $8 then reason end as reason, status, sum(count)::bigint as count
            from (select * from statistic union all select * from tally) s where tenant = $1 and hour >= $2 and hour < $3
            group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 limit $9
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

    Uni<Void> append(Tx tx, Map<Tally, Long> counts) {
        var tallies = List.copyOf(counts.keySet());
        return PgTx.connection(tx)
                .preparedQuery(APPEND)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(tallies, Tally::tenant))
                        .addArrayOfOffsetDateTime(times(tallies, Tally::hour))
                        .addArrayOfString(texts(tallies, Tally::type))
                        .addArrayOfString(texts(tallies, Tally::channel))
                        .addArrayOfString(texts(tallies, Tally::provider))
                        .addArrayOfString(texts(tallies, Tally::status))
                        .addArrayOfString(texts(tallies, Tally::reason))
                        .addArrayOfLong(tallies.stream().map(counts::get).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** @return how many rows were gathered: less than the limit when that was all */
    Uni<Long> gather(Tx tx, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(GATHER)
                .execute(Tuple.of(limit))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<List<Counted>> query(Tx tx, StatisticsQuery asked, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(QUERY)
                .execute(Tuple.tuple()
                        .addString(asked.tenant())
                        .addOffsetDateTime(PgTimes.at(asked.from()))
                        .addOffsetDateTime(PgTimes.at(asked.to()))
                        .addString(asked.bucket().wire())
                        .addBoolean(asked.by().contains(Dimension.TYPE))
                        .addBoolean(asked.by().contains(Dimension.CHANNEL))
                        .addBoolean(asked.by().contains(Dimension.PROVIDER))
                        .addBoolean(asked.by().contains(Dimension.REASON))
                        .addInteger(limit))
                .map(rows -> {
                    var counted = new ArrayList<Counted>(rows.size());
                    rows.forEach(row -> counted.add(new Counted(
                            row.getOffsetDateTime("at").toInstant(),
                            row.getString("type"),
                            row.getString("channel"),
                            row.getString("provider"),
                            row.getString("reason"),
                            row.getString("status"),
                            row.getLong("count"))));
                    return counted;
                });
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
