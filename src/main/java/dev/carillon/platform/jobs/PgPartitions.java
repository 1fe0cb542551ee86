package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The SQL of partitions. */
@ApplicationScoped
class PgPartitions {

    /** @return how many were made */
    Uni<Integer> make(Tx tx, Instant since, int weeks) {
        return PgTx.connection(tx)
                .preparedQuery("select make_partitions($1, $2)")
                .execute(Tuple.of(PgTimes.at(since), weeks))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
