package dev.carillon.notification.throttle;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.throttle.ThrottleLedger.ThrottleOf;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of throttles. A key is locked by its row. Advisory locks would work, but they all share one small table of
 * the server, and a large audience has many keys.
 */
@ApplicationScoped
class PgThrottles {

    /** Inserted in their order, so that two batches never wait for each other in a circle. */
    private static final String HOLD = """
            insert into throttle (tenant, key, touched_at)
            select tenant, key, $3 from unnest($1::text[], $2::text[]) as t(tenant, key) order by tenant, key
            on conflict (tenant, key) do update set touched_at = excluded.touched_at
            """;

    /** A statement of its own, because it must see what was committed while the one before waited for its locks. */
    private static final String RECENT = """
            select k.n, s.at, s.window_start, s.until, s.notification_id
            from unnest($1::text[], $2::text[], $3::integer[]) with ordinality as k(tenant, key, max, n)
            cross join lateral (
              select * from throttle_send s where s.tenant = k.tenant and s.key = k.key order by s.at desc limit k.max
            ) s
            """;

    private static final String APPEND = """
            insert into throttle_send (tenant, key, at, window_start, until, notification_id)
            select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::text[])
            """;

    /** A key's row is only its lock, so it may be deleted whenever nobody holds it. */
    private static final String FORGET = """
            with old_send as (
              delete from throttle_send where ctid = any(array(
                select ctid from throttle_send where until < $1 order by until limit $2 for update skip locked))
              returning 1
            ), old_key as (
              delete from throttle where ctid = any(array(
                select ctid from throttle where touched_at < $3 order by touched_at limit $2 for update skip locked))
              returning 1
            )
            select greatest((select count(*) from old_send), (select count(*) from old_key)) as forgotten
            """;

    /** The keys are distinct. */
    Uni<Void> hold(Tx tx, List<ThrottleOf> asked, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(HOLD)
                .execute(Tuple.of(
                        texts(asked, ThrottleOf::tenant),
                        texts(asked, one -> one.throttle().key()),
                        PgTimes.at(now)))
                .replaceWithVoid();
    }

    Uni<List<CountedSend>> recent(Tx tx, List<ThrottleOf> asked) {
        var most = asked.stream().map(one -> one.throttle().max()).toArray(Integer[]::new);
        return PgTx.connection(tx)
                .preparedQuery(RECENT)
                .execute(Tuple.of(
                        texts(asked, ThrottleOf::tenant),
                        texts(asked, one -> one.throttle().key()),
                        most))
                .map(rows -> {
                    var sends = new ArrayList<CountedSend>(rows.size());
                    rows.forEach(row -> {
                        var one = asked.get((int) (row.getLong("n") - 1));
                        sends.add(new CountedSend(
                                one.tenant(),
                                one.throttle().key(),
                                row.getOffsetDateTime("at").toInstant(),
                                row.getOffsetDateTime("window_start").toInstant(),
                                row.getOffsetDateTime("until").toInstant(),
                                row.getString("notification_id")));
                    });
                    return sends;
                });
    }

    Uni<Void> append(Tx tx, List<CountedSend> sends) {
        return PgTx.connection(tx)
                .preparedQuery(APPEND)
                .execute(Tuple.of(
                        texts(sends, CountedSend::tenant),
                        texts(sends, CountedSend::key),
                        times(sends, s -> s.at()),
                        times(sends, s -> s.windowStart()),
                        times(sends, s -> s.until()),
                        texts(sends, CountedSend::notificationId)))
                .replaceWithVoid();
    }

    /** @return how many rows went of the table that more went of: less than the limit when nothing is left to forget */
    Uni<Long> forget(Tx tx, Instant endedBefore, Instant untouchedSince, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET)
                .execute(Tuple.of(PgTimes.at(endedBefore), limit, PgTimes.at(untouchedSince)))
                .map(rows -> rows.iterator().next().getLong("forgotten"));
    }
}
