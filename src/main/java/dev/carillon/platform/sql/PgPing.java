package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks the database for a sign of life. */
@ApplicationScoped
public class PgPing {

    private final Pool pool;

    PgPing(Pool pool) {
        this.pool = pool;
    }

    public Uni<Void> answer() {
        return pool.query("select 1").execute().replaceWithVoid();
    }
}
