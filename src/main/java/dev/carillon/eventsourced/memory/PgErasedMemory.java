package dev.carillon.eventsourced.memory;

import dev.carillon.notification.erasure.Erasure;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that erases a customer from memory. */
@ApplicationScoped
class PgErasedMemory {

    /** Shared with other erasures, not with a replay. */
    private static final String HOLD_MEMORY =
            "select pg_try_advisory_xact_lock_shared(hashtext('carillon.replay'), 0) as held";

    private static final String ORDERS = """
            select distinct on (id) id, data::text as data from memory_entity where tenant = $1 and kind = 'order' and id = any($2) order by id, position desc
            """;

    private static final String FORGET_ORDERS = """
            delete from memory_entity where tenant = $1 and kind = 'order' and id = any($2) and position <= $3
            """;

    /** Read off the tenant's part of the index, for an index of its own would cost every cart something. */
    private static final String FORGET_RELATIONS = """
            delete from memory_relation where tenant = $1 and customer_id = $2 and position <= $3
            """;

    private final Json json;

    PgErasedMemory(Json json) {
        this.json = json;
    }

    Uni<Boolean> holdMemory(Tx tx) {
        return PgRows.of(tx, HOLD_MEMORY).one(row -> row.getBoolean("held"));
    }

    /** Only orders that are really the customer's: an event names them, but anybody may have sent that event. */
    Uni<Void> forgetOrders(Tx tx, Erasure erasure, List<String> orders) {
        return PgRows.of(tx, ORDERS, erasure.tenant(), orders.toArray(String[]::new))
                .rows()
                .map(rows -> rows.stream()
                        .filter(row -> erasure.customerId()
                                .equals(json.map(row.getString("data")).get("customerId")))
                        .map(row -> row.getString("id"))
                        .toArray(String[]::new))
                .chain(theirs -> PgRows.of(tx, FORGET_ORDERS, erasure.tenant(), theirs, erasure.position())
                        .done());
    }

    Uni<Void> forgetRelations(Tx tx, Erasure erasure) {
        return PgRows.of(tx, FORGET_RELATIONS, erasure.tenant(), erasure.customerId(), erasure.position())
                .done();
    }
}
