package dev.carillon.delivery.outbox;

import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that erases a recipient from deliveries. */
@ApplicationScoped
class PgErasedDeliveries {

    private static final PgColumns<String> WITHDRAWN = PgColumns.IDS.after(2);

    /**
     * Also withdraws a delivery whose earlier attempt may have arrived: it must not be tried again. One that is being
     * sent now is evaluated again before another attempt, and by then the customer is unknown.
     */
    private static final String WITHDRAW = """
            with open as materialized (
              select o.delivery_id, o.state from %s
              cross join lateral deliveries_of(w.id, w.created_at) d
              join outbox o on o.delivery_id = d.id order by o.delivery_id for update of o
            ), gone as (
              delete from outbox o using open where o.delivery_id = open.delivery_id and open.state <> 1 returning o.delivery_id, o.created_at
            ), recorded as (
              update delivery d set reason = $1, detail = $2 from gone g where d.id = g.delivery_id and d.created_at = g.created_at
            ), sending as (
              update outbox o set good_until = 'epoch' from open where o.delivery_id = open.delivery_id and open.state = 1 and o.customer_id is not null
            )
            select count(*) filter (where state = 1) as sending from open
            """.formatted(WITHDRAWN.unnest("w"));

    /** A delivery that is being sent may be retried from this row, so it keeps its text until it has ended. */
    private static final String BLANK = """
            update delivery d set recipient = null, subject = null, body = null, html = null, unsubscribe_url = null
            from %s cross join lateral deliveries_of(w.id, w.created_at) one
            where d.id = one.id and d.created_at = one.created_at
              and (d.recipient is not null or d.body is not null) and not exists (select 1 from outbox o where o.delivery_id = d.id)
            """.formatted(PgColumns.IDS.unnest("w"));

    Uni<Integer> withdraw(Tx tx, List<String> notificationIds, String reason, String detail) {
        return PgRows.of(tx, WITHDRAW, WITHDRAWN.of(notificationIds, reason, detail))
                .first(row -> row.getInteger("sending"))
                .map(sending -> sending.orElse(0));
    }

    Uni<Void> blank(Tx tx, List<String> notificationIds) {
        return PgRows.of(tx, BLANK, PgColumns.IDS.of(notificationIds)).done();
    }
}
