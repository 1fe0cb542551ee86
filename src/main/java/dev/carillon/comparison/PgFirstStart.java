package dev.carillon.comparison;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** The SQL that checks whether a tenant has the sample data. */
@ApplicationScoped
class PgFirstStart {

    Uni<Boolean> filled(Tx tx, String tenant) {
        return PgTx.connection(tx)
                .preparedQuery("select filled from tenant where id = $1")
                .execute(Tuple.of(tenant))
                .map(rows -> rows.iterator().next().getBoolean("filled"));
    }

    Uni<Void> markFilled(Tx tx, String tenant) {
        return PgTx.connection(tx)
                .preparedQuery("update tenant set filled = true where id = $1")
                .execute(Tuple.of(tenant))
                .replaceWithVoid();
    }
}
