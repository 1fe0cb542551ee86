package dev.carillon.notification.erasure;

import dev.carillon.notification.recipient.CustomerCaps;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The SQL that removes the facts from a customer's notifications. */
@ApplicationScoped
class PgErasedHistory {

    private static final PgColumns<String> OF_TENANT = PgColumns.IDS.after(1);

    private static final PgColumns<String> OF_CUSTOMER = PgColumns.IDS.after(2);

    private static final String PAGE = """
            select n.id from notification n where n.tenant = $1 and n.customer_id = $2 and n.id < $3 order by n.id desc limit $4
            """;

    /**
     * A throttle's key begins with its rule and its recipient, so every rule that concerned the customer is looked at.
     */
    private static final String FORGET_THROTTLES = """
            with rules as (
              select distinct n.rule_id || '/' || $2 as key from %s
              join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at where n.rule_id is not null
            ), keys as (
              delete from throttle t using rules r where t.tenant = $1 and (t.key = r.key or (t.key >= r.key || '/' and t.key < r.key || '0'))
            )
            delete from throttle_send t using rules r where t.tenant = $1 and (t.key = r.key or (t.key >= r.key || '/' and t.key < r.key || '0'))
            """.formatted(OF_CUSTOMER.unnest("w"));

    private static final String FORGET_CAP = """
            with lock as (delete from throttle where tenant = $1 and key = $2 and touched_at <= $3)
            delete from throttle_send where tenant = $1 and key = $2 and at <= $3
            """;

    private static final String FORGET_KEYS = """
            delete from business_key k using %s
            join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at
            where k.tenant = n.tenant and k.key = n.business_key and k.notification_id = n.id
            """.formatted(OF_TENANT.unnest("w"));

    private static final String FORGET_FACTS = """
            update notification n set context = '{}' from %s
            where n.tenant = $1 and n.id = w.id and n.created_at = w.created_at and n.context::text <> '{}'
            """.formatted(OF_TENANT.unnest("w"));

    /** The ids of the next older ones, newest first. */
    Uni<List<String>> page(Tx tx, Erasure erasure, String before, int limit) {
        return PgRows.of(tx, PAGE, erasure.tenant(), erasure.customerId(), before, limit)
                .list(row -> row.getString("id"));
    }

    Uni<Void> forgetThrottles(Tx tx, Erasure erasure, List<String> page) {
        var customer = URLEncoder.encode(erasure.customerId(), StandardCharsets.UTF_8);
        return PgRows.of(tx, FORGET_THROTTLES, OF_CUSTOMER.of(page, erasure.tenant(), customer))
                .done();
    }

    /** Deletes the counts under their frequency cap. */
    Uni<Void> forgetCap(Tx tx, Erasure erasure, Instant until) {
        return PgRows.of(tx, FORGET_CAP, erasure.tenant(), CustomerCaps.keyOf(erasure.customerId()), until)
                .done();
    }

    Uni<Void> forgetKeysAndFacts(Tx tx, String tenant, List<String> page) {
        return PgRows.of(tx, FORGET_KEYS, OF_TENANT.of(page, tenant))
                .done()
                .chain(() ->
                        PgRows.of(tx, FORGET_FACTS, OF_TENANT.of(page, tenant)).done());
    }
}
