package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The SQL of partitions. */
@ApplicationScoped
class PgPartitions {

    /** @return how many were made */
    Uni<Integer> make(Tx tx, Instant since, int weeks) {
        return PgRows.of(tx, "select make_partitions($1, $2)", since, weeks).one(row -> row.getInteger(0));
    }
}
