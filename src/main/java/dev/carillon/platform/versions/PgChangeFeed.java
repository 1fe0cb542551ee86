package dev.carillon.platform.versions;

import dev.carillon.platform.sql.PgRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The SQL that reads how often what has changed. */
@ApplicationScoped
class PgChangeFeed {

    private static final String CHANGES = "select topic, changes from change_feed";

    private final Pool pool;

    PgChangeFeed(Pool pool) {
        this.pool = pool;
    }

    /** One row a topic, and a handful of them: asking twice a second costs nothing. */
    Uni<Map<String, Long>> changes() {
        return PgRows.of(pool, CHANGES).map(row -> row.getString("topic"), row -> row.getLong("changes"));
    }
}
