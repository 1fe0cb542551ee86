package dev.carillon.delivery.inapp;

import static dev.carillon.platform.sql.PgArrays.texts;

import dev.carillon.delivery.Delivery;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The SQL that puts messages into inboxes. */
@ApplicationScoped
class PgInboxArrivals {

    /**
     * Locks the customers' rows. An erasure deletes the row first, so one waits for the other and nothing arrives
     * afterwards. Rows are locked in order, so that two batches never deadlock.
     */
    private static final String HOLD_CUSTOMERS = """
            with asked as (select tenant, customer_id, n from unnest($1::text[], $2::text[]) with ordinality as t(tenant, customer_id, n)),
            known as materialized (
              select c.tenant, c.id from customer c join (select distinct tenant, customer_id from asked) a on c.tenant = a.tenant and c.id = a.customer_id
              order by c.tenant, c.id for key share of c
            )
            select a.n from asked a join known k on k.tenant = a.tenant and k.id = a.customer_id
            """;

    /**
     * A customer's row of {@code inbox} is held until the commit, so that messages are numbered in the order in which they can be
     * seen: who has seen a number has seen all before it. Two attempts for one delivery at once meet at its key; a number is left out then.
     */
    private static final String ARRIVE = """
            with arriving as (
              select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                as t(delivery_id, tenant, customer_id, notification_id, title, body, html)
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
                   a.notification_id, $8, a.title, a.body, a.html
            from arriving a join counted c using (tenant, customer_id)
            on conflict (delivery_id) do nothing
            """;

    /** @return the indexes of those that are in their inbox now: all but those of unknown customers */
    Uni<Set<Integer>> arrive(Tx tx, List<Delivery> deliveries, Instant now) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(HOLD_CUSTOMERS)
                .execute(Tuple.of(texts(deliveries, Delivery::tenant), texts(deliveries, Delivery::recipient)))
                .map(rows -> {
                    var known = new HashSet<Integer>();
                    rows.forEach(row -> known.add(row.getLong("n").intValue() - 1));
                    return known;
                })
                .call(known -> known.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(ARRIVE)
                                .execute(columns(
                                        known.stream()
                                                .sorted()
                                                .map(deliveries::get)
                                                .toList(),
                                        now)))
                .map(known -> known);
    }

    private static Tuple columns(List<Delivery> deliveries, Instant now) {
        return Tuple.tuple()
                .addArrayOfString(texts(deliveries, Delivery::id))
                .addArrayOfString(texts(deliveries, Delivery::tenant))
                .addArrayOfString(texts(deliveries, Delivery::recipient))
                .addArrayOfString(texts(deliveries, Delivery::notificationId))
                .addArrayOfString(texts(deliveries, Delivery::subject))
                .addArrayOfString(texts(deliveries, delivery -> delivery.text().strip()))
                .addArrayOfString(texts(deliveries, Delivery::html))
                .addOffsetDateTime(PgTimes.at(now));
    }
}
