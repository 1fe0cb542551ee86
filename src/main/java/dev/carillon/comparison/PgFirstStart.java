package dev.carillon.comparison;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The SQL that checks whether a tenant has the sample data. */
@ApplicationScoped
class PgFirstStart {

    Uni<Boolean> filled(Tx tx, String tenant) {
        return PgRows.of(tx, "select filled from tenant where id = $1", tenant).one(row -> row.getBoolean("filled"));
    }

    Uni<Void> markFilled(Tx tx, String tenant) {
        return PgRows.of(tx, "update tenant set filled = true where id = $1", tenant)
                .done();
    }
}
