package dev.carillon.comparison;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The SQL of demo tenants. */
@ApplicationScoped
class PgDemoTenants {

    private static final String INSERT = "insert into tenant (id, throwaway, created_at) values ($1, true, $2)";

    private static final String ABANDONED = "select id from tenant where throwaway and created_at < $1";

    /**
     * Each uses an index that begins with the tenant, or goes through a table that has one: cheap however long the
     * history is.
     */
    private static final List<String> DELETES = List.of(
            """
            delete from attempt a using notification n cross join lateral deliveries_of(n.id, n.created_at) d
            where n.tenant = $1 and a.delivery_id = d.id and a.ended_at >= d.created_at
            """,
            """
            delete from outbox o using notification n cross join lateral deliveries_of(n.id, n.created_at) d
            where n.tenant = $1 and o.delivery_id = d.id
            """,
            """
            delete from inbox_message m using notification n cross join lateral deliveries_of(n.id, n.created_at) d
            where n.tenant = $1 and m.delivery_id = d.id
            """,
            "delete from delivery d using notification n cross join lateral deliveries_of(n.id, n.created_at) one where n.tenant = $1 and d.id = one.id and d.created_at = one.created_at",
            "delete from standalone_decision where tenant = $1 and event_id is not null",
            "delete from notification where tenant = $1",
            "delete from dead_letter where tenant = $1",
            "delete from dead_letter_action where tenant = $1",
            "delete from redrive where tenant = $1",
            "delete from business_key where tenant = $1",
            "delete from throttle_send where tenant = $1",
            "delete from throttle where tenant = $1",
            "delete from recipient_count where tenant = $1",
            "delete from tally where tenant = $1",
            "delete from statistic where tenant = $1",
            "delete from recent_statistic where tenant = $1",
            "delete from inbox where tenant = $1",
            "delete from erasure where tenant = $1",
            "delete from preference where tenant = $1",
            "delete from preference_version where tenant = $1",
            "delete from customer where tenant = $1",
            "delete from customer_version where tenant = $1",
            "delete from recipient_change where tenant = $1",
            "delete from digest_item i using timer t where t.tenant = $1 and i.digest_id = t.id",
            "delete from timer where tenant = $1",
            "delete from memory_entity where tenant = $1",
            "delete from memory_relation where tenant = $1",
            "delete from memory_collected where tenant = $1",
            "delete from memory_collection where tenant = $1",
            "delete from event_pending p using event e where e.tenant = $1 and p.position = e.position and p.recorded_at = e.recorded_at",
            "delete from event where tenant = $1",
            "delete from event_seen where tenant = $1",
            "delete from bss_fact where tenant = $1",
            "delete from bss_customer where tenant = $1",
            "delete from bss_product where tenant = $1",
            "delete from bss_order_line where tenant = $1",
            "delete from bss_order where tenant = $1",
            "delete from bss_cart_item where tenant = $1",
            "delete from bss_wishlist_item where tenant = $1",
            "delete from bss_promotion where tenant = $1",
            "delete from bss_payment where tenant = $1",
            "delete from tenant where id = $1 and throwaway");

    /** No event unanswered but parked ones, no delivery in the outbox. */
    private static final String AT_REST = """
            select not exists (
              select 1 from event e join event_pending p on p.position = e.position and p.recorded_at = e.recorded_at
              where e.tenant = $1 and (p.error is null or p.attempts < 5))
            and not exists (
              select 1 from notification n cross join lateral deliveries_of(n.id, n.created_at) d
              join outbox o on o.delivery_id = d.id where n.tenant = $1)
            """;

    Uni<Boolean> atRest(Tx tx, String tenant) {
        return PgRows.of(tx, AT_REST, tenant).one(row -> row.getBoolean(0));
    }

    Uni<Void> insert(Tx tx, String tenant, Instant now) {
        return PgRows.of(tx, INSERT, tenant, now).done();
    }

    Uni<List<String>> abandoned(Tx tx, Instant before) {
        return PgRows.of(tx, ABANDONED, before).list(row -> row.getString("id"));
    }

    Uni<Void> delete(Tx tx, String tenant) {
        return Multi.createFrom()
                .iterable(DELETES)
                .onItem()
                .transformToUniAndConcatenate(
                        delete -> PgRows.of(tx, delete, tenant).done())
                .collect()
                .last();
    }

    /** Whether a tenant has the sample data. */
    Uni<Boolean> filled(Tx tx, String tenant) {
        return PgRows.of(tx, "select filled from tenant where id = $1", tenant).one(row -> row.getBoolean("filled"));
    }

    Uni<Void> markFilled(Tx tx, String tenant) {
        return PgRows.of(tx, "update tenant set filled = true where id = $1", tenant)
                .done();
    }
}
