package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The SQL that picks the delivery that probes whether a provider works again. */
@ApplicationScoped
class PgProbes {

    /**
     * Of deliveries that were never tried, takes the one due last: those that have waited longest came with the failed
     * ones, and may be of their kind. The tenants are those of a claim; for each, its newest is read from the end of
     * the due index. {@code state < 1} is zero without
     * naming that index, which the planner would then read.
     */
    static final String CLAIM =
            """
            with lane(priority, after) as (
              values (0::smallint, $4::text), (1::smallint, $5::text), (2::smallint, $6::text)
            ), newest as (
              select c.delivery_id from lane l cross join lateral due_tenants($1, l.priority, l.after, $2, %d) t cross join lateral (
                select delivery_id, due_at from outbox where channel = $1 and priority = l.priority and state = 0 and tenant = t.tenant and due_at <= $2
                  and attempt = 0 order by due_at desc, delivery_id desc limit 1) c
              order by c.due_at desc, c.delivery_id desc limit 1
            ), picked as (
              select %s from outbox where delivery_id = any(array(select delivery_id from newest)) and state < 1 and attempt = 0 for update skip locked
            ), %s""".formatted(PgOutbox.TENANTS, PgOutbox.PICKED, PgOutbox.leased("p.delivery_id", "$2", "$3", ""));

    /** Claims one delivery, or none. */
    Uni<List<LeasedDelivery>> claim(Tx tx, String channel, List<String> after, Instant now, Duration lease) {
        return PgRows.of(tx, CLAIM, channel, now, now.plus(lease), after.get(0), after.get(1), after.get(2))
                .rows()
                .map(rows -> PgOutbox.going(rows, now, lease));
    }
}
