package dev.carillon.delivery.inapp;

import dev.carillon.delivery.Delivery;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The SQL that puts messages into inboxes. */
@ApplicationScoped
class PgInboxArrivals {

    private static final PgColumns<Delivery> RECIPIENTS =
            PgColumns.<Delivery>of().text("tenant", Delivery::tenant).text("customer_id", Delivery::recipient);

    private static final PgColumns<Delivery> MESSAGES = PgColumns.<Delivery>of()
            .text("delivery_id", Delivery::id)
            .and(RECIPIENTS)
            .text("notification_id", Delivery::notificationId)
            .text("title", Delivery::subject)
            .text("body", delivery -> delivery.text().strip())
            .text("html", Delivery::html)
            .after(1);

    /**
     * Locks the customers' rows. An erasure deletes the row first, so one waits for the other and nothing arrives
     * afterwards. Rows are locked in order, so that two batches never deadlock.
     */
    private static final String HOLD_CUSTOMERS = """
            with asked as (select * from %s),
            known as materialized (
              select c.tenant, c.id from customer c join (select distinct tenant, customer_id from asked) a on c.tenant = a.tenant and c.id = a.customer_id
              order by c.tenant, c.id for key share of c
            )
            select a.n from asked a join known k on k.tenant = a.tenant and k.id = a.customer_id
            """.formatted(RECIPIENTS.numbered("t"));

    /**
     * A customer's row of {@code inbox} is held until the commit, so that messages are numbered in the order in which they can be
     * seen: who has seen a number has seen all before it. Two attempts for one delivery at once meet at its key; a number is left out then.
     */
    private static final String ARRIVE = """
            with arriving as (
              select * from %s
              where not exists (select 1 from inbox_message m where m.delivery_id = t.delivery_id)
            ), counted as (
              insert into inbox as i (tenant, customer_id, last)
              select tenant, customer_id, count(*) from arriving group by tenant, customer_id order by tenant, customer_id
              on conflict (tenant, customer_id) do update set last = i.last + excluded.last
              returning i.tenant, i.customer_id, i.last
            )
            insert into inbox_message (delivery_id, tenant, customer_id, position, notification_id, arrived_at, title, body, html)
            select a.delivery_id, a.tenant, a.customer_id,
                   c.last - count(*) over (partition by a.tenant, a.customer_id) + row_number() over (partition by a.tenant, a.customer_id order by a.delivery_id),
                   a.notification_id, $1, a.title, a.body, a.html
            from arriving a join counted c using (tenant, customer_id)
            on conflict (delivery_id) do nothing
            """.formatted(MESSAGES.unnest("t"));

    /** @return the indexes of those that are in their inbox now: all but those of unknown customers */
    Uni<Set<Integer>> arrive(Tx tx, List<Delivery> deliveries, Instant now) {
        return PgRows.of(tx, HOLD_CUSTOMERS, RECIPIENTS.of(deliveries))
                .list(row -> row.getLong("n").intValue() - 1)
                .call(known -> PgRows.of(tx, ARRIVE, MESSAGES.of(in(deliveries, known), now))
                        .done())
                .map(HashSet::new);
    }

    private static List<Delivery> in(List<Delivery> deliveries, List<Integer> known) {
        return known.stream().sorted().map(deliveries::get).toList();
    }
}
