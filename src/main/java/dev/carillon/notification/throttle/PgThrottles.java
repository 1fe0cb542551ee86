package dev.carillon.notification.throttle;

import dev.carillon.notification.throttle.ThrottleLedger.ThrottleOf;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * The SQL of throttles. A key is locked by its row. Advisory locks would work, but they all share one small table of
 * the server, and a large audience has many keys.
 */
@ApplicationScoped
class PgThrottles {

    private static final PgColumns<ThrottleOf> KEYS = PgColumns.<ThrottleOf>of()
            .text("tenant", ThrottleOf::tenant)
            .text("key", one -> one.throttle().key());

    private static final PgColumns<ThrottleOf> ASKED =
            KEYS.integer("max", one -> one.throttle().max());

    private static final PgColumns<CountedSend> SENDS = PgColumns.<CountedSend>of()
            .text("tenant", CountedSend::tenant)
            .text("key", CountedSend::key)
            .time("at", CountedSend::at)
            .time("window_start", CountedSend::windowStart)
            .time("until", CountedSend::until)
            .text("notification_id", CountedSend::notificationId);

    private static final PgColumns<ThrottleOf> HELD = KEYS.after(1);

    /** Inserted in their order, so that two batches never wait for each other in a circle. */
    private static final String HOLD = """
            insert into throttle (tenant, key, touched_at)
            select tenant, key, $1 from %s order by tenant, key
            on conflict (tenant, key) do update set touched_at = excluded.touched_at
            """.formatted(HELD.unnest("t"));

    /** A statement of its own, because it must see what was committed while the one before waited for its locks. */
    private static final String RECENT = """
            select k.n, s.at, s.window_start, s.until, s.notification_id
            from %s
            cross join lateral (
              select * from throttle_send s where s.tenant = k.tenant and s.key = k.key order by s.at desc limit k.max
            ) s
            """.formatted(ASKED.numbered("k"));

    private static final String APPEND = SENDS.insertInto("throttle_send");

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
        return PgRows.of(tx, HOLD, HELD.of(asked, now)).done();
    }

    Uni<List<CountedSend>> recent(Tx tx, List<ThrottleOf> asked) {
        return PgRows.of(tx, RECENT, ASKED.of(asked)).list(row -> {
            var one = PgRows.asked(asked, row);
            return new CountedSend(
                    one.tenant(),
                    one.throttle().key(),
                    PgTimes.instant(row, "at"),
                    PgTimes.instant(row, "window_start"),
                    PgTimes.instant(row, "until"),
                    row.getString("notification_id"));
        });
    }

    Uni<Void> append(Tx tx, List<CountedSend> sends) {
        return PgRows.of(tx, APPEND, SENDS.of(sends)).done();
    }

    /** @return how many rows went of the table that more went of: less than the limit when nothing is left to forget */
    Uni<Long> forget(Tx tx, Instant endedBefore, Instant untouchedSince, int limit) {
        return PgRows.of(tx, FORGET, endedBefore, limit, untouchedSince).one(row -> row.getLong("forgotten"));
    }
}
