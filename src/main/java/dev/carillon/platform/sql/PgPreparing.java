package dev.carillon.platform.sql;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Statements stay prepared, also long ones: the client would have those of 2,048 characters and more planned anew each time. */
@Singleton
public class PgPreparing implements PgPoolCreator {

    /** Characters. */
    public static final int LONGEST = 4_096;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setPreparedStatementCacheSqlLimit(LONGEST));
        return Pool.pool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
    }
}
