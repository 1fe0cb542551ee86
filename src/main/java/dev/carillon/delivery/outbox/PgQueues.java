package dev.carillon.delivery.outbox;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that measures a tenant's queues. Each is read from its own end of an index, and no further than the bound of a
 * count: the cost grows neither with a backlog nor with other tenants'.
 */
@ApplicationScoped
class PgQueues {

    private static final int COUNTED = BoundedCount.MOST + 1;

    /** The most destinations of a channel that are looked at for the oldest of what is set aside. */
    private static final int DESTINATIONS = 100;

    static final String LANES = """
            with lane as (
              select c.channel, p.priority from unnest($2::text[]) as c(channel) cross join unnest(array[0, 1, 2]::smallint[]) as p(priority)
            )
            select l.channel, l.priority, due.n as due, later.n as later, least(due.oldest, aside.oldest) as oldest
            from lane l cross join lateral (
              select count(*) as n, min(due_at) as oldest from (
                select due_at from outbox where channel = l.channel and priority = l.priority and tenant = $1 and state = 0 and due_at <= $3
                order by due_at limit %1$d) o
            ) due cross join lateral (
              select count(*) as n from (
                select from outbox where channel = l.channel and priority = l.priority and tenant = $1 and state = 0 and due_at > $3
                order by due_at limit %1$d) o
            ) later cross join lateral (
              select min(o.due_at) as oldest from (
                select destination from outbox_destination where channel = l.channel and tenant = $1 order by destination limit %2$d
              ) d cross join lateral (
                select due_at from outbox where channel = l.channel and tenant = $1 and state = 3 and destination = d.destination and priority = l.priority
                order by due_at limit 1) o
            ) aside
            """.formatted(COUNTED, DESTINATIONS);

    /** Of all lanes of a channel together no more than the bound. */
    static final String ASIDE = """
            select c.channel, o.priority, count(*) as n from unnest($2::text[]) as c(channel) cross join lateral (
              select priority from outbox where channel = c.channel and tenant = $1 and state = 3 order by destination limit %d) o
            group by 1, 2
            """.formatted(COUNTED);

    /** Of all channels together no more than the bound. */
    static final String HELD = """
            select channel, priority, count(*) as n from (
              select channel, priority from outbox where tenant = $1 and state = 2 order by customer_id limit %d) o
            group by 1, 2
            """.formatted(COUNTED);

    /** What is being sent, of all tenants, is bounded by the places of all processes. */
    static final String SENDING = """
            select channel, priority, count(*) as n from (
              select channel, priority, tenant from outbox where state = 1 order by lease_until limit %d) o
            where tenant = $1 group by 1, 2
            """.formatted(COUNTED);

    /** A channel and a lane. */
    record LaneKey(String channel, int priority) {}

    /** What is due now and later, and since when the oldest is, of which some may be set aside. */
    record DueInLane(
            LaneKey lane, long due, long later, @Nullable Instant oldest) {}

    Uni<List<DueInLane>> lanes(Tx tx, String tenant, Collection<String> channels, Instant now) {
        return PgRows.of(tx, LANES, tenant, channels.toArray(String[]::new), now)
                .list(row -> new DueInLane(
                        lane(row), row.getLong("due"), row.getLong("later"), PgTimes.instantOrNull(row, "oldest")));
    }

    Uni<Map<LaneKey, Long>> aside(Tx tx, String tenant, Collection<String> channels) {
        return counts(PgRows.of(tx, ASIDE, tenant, channels.toArray(String[]::new)));
    }

    Uni<Map<LaneKey, Long>> held(Tx tx, String tenant) {
        return counts(PgRows.of(tx, HELD, tenant));
    }

    Uni<Map<LaneKey, Long>> sending(Tx tx, String tenant) {
        return counts(PgRows.of(tx, SENDING, tenant));
    }

    private static Uni<Map<LaneKey, Long>> counts(PgRows rows) {
        return rows.map(PgQueues::lane, row -> row.getLong("n"));
    }

    private static LaneKey lane(Row row) {
        return new LaneKey(row.getString("channel"), row.getShort("priority"));
    }
}
