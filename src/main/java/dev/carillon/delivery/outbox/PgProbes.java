package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedParcel;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The parcel that finds out whether a provider works again, as SQL. */
@ApplicationScoped
class PgProbes {

    /**
     * The first that nobody has tried, in the order of the index of what is due. Those that were tried are read past: as many as had their turn
     * before the provider was left alone, and not what has come since.
     */
    static final String CLAIM = """
            with picked as (
              select delivery_id from outbox where channel = $1 and state = 0 and attempt = 0 and due_at <= $2
              order by channel, priority, tenant, due_at, delivery_id limit 1 for update skip locked
            ), leased as (
              %s
            )
            select %s
            from leased l %s
            where l.state = 1
            window c as (order by d.id)
            """.formatted(PgOutbox.leasing("$2", "$3"), PgOutbox.PARCEL, PgOutbox.DELIVERY);

    /** One, or none. */
    Uni<List<LeasedParcel>> claim(Tx tx, String channel, Instant now, Duration lease) {
        return PgTx.connection(tx).preparedQuery(CLAIM).execute(Tuple.of(channel, PgTimes.at(now), PgTimes.at(now.plus(lease)))).map(rows -> {
            var leased = new ArrayList<LeasedParcel>(rows.size());
            rows.forEach(row -> leased.add(PgOutbox.leased(row, now, lease)));
            return leased;
        });
    }
}
