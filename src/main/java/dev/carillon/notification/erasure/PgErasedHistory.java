package dev.carillon.notification.erasure;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.recipient.CustomerCaps;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The SQL that removes the facts from a customer's notifications. */
@ApplicationScoped
class PgErasedHistory {

    private static final String PAGE = """
            select n.id from notification n where n.tenant = $1 and n.customer_id = $2 and n.id < $3 order by n.id desc limit $4
            """;

    /**
     * A throttle's key begins with its rule and its recipient, so every rule that concerned the customer is looked at.
     */
    private static final String FORGET_THROTTLES = """
            with rules as (
              select distinct n.rule_id || '/' || $4 as key from unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
              join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at where n.rule_id is not null
            ), keys as (
              delete from throttle t using rules r where t.tenant = $1 and (t.key = r.key or (t.key >= r.key || '/' and t.key < r.key || '0'))
            )
            delete from throttle_send t using rules r where t.tenant = $1 and (t.key = r.key or (t.key >= r.key || '/' and t.key < r.key || '0'))
            """;

    private static final String FORGET_CAP = """
            with lock as (delete from throttle where tenant = $1 and key = $2 and touched_at <= $3)
            delete from throttle_send where tenant = $1 and key = $2 and at <= $3
            """;

    private static final String FORGET_KEYS = """
            delete from business_key k using unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
            join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at
            where k.tenant = n.tenant and k.key = n.business_key and k.notification_id = n.id
            """;

    private static final String FORGET_FACTS = """
            update notification n set context = '{}' from unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
            where n.tenant = $1 and n.id = w.id and n.created_at = w.created_at and n.context::text <> '{}'
            """;

    /** The ids of the next older ones, newest first. */
    Uni<List<String>> page(Tx tx, Erasure erasure, String before, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(PAGE)
                .execute(Tuple.of(erasure.tenant(), erasure.customerId(), before, limit))
                .map(rows -> {
                    var page = new ArrayList<String>();
                    rows.forEach(row -> page.add(row.getString("id")));
                    return page;
                });
    }

    Uni<Void> forgetThrottles(Tx tx, Erasure erasure, List<String> page) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET_THROTTLES)
                .execute(asked(erasure.tenant(), page)
                        .addString(URLEncoder.encode(erasure.customerId(), StandardCharsets.UTF_8)))
                .replaceWithVoid();
    }

    /** Deletes the counts under their frequency cap. */
    Uni<Void> forgetCap(Tx tx, Erasure erasure, Instant until) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET_CAP)
                .execute(Tuple.of(erasure.tenant(), CustomerCaps.keyOf(erasure.customerId()), PgTimes.at(until)))
                .replaceWithVoid();
    }

    Uni<Void> forgetKeysAndFacts(Tx tx, String tenant, List<String> page) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET_KEYS)
                .execute(asked(tenant, page))
                .chain(() -> PgTx.connection(tx).preparedQuery(FORGET_FACTS).execute(asked(tenant, page)))
                .replaceWithVoid();
    }

    private static Tuple asked(String tenant, List<String> page) {
        return Tuple.of(tenant, texts(page, id -> id), times(page, Ids::timeOf));
    }
}
