package dev.carillon.platform.sql;

import io.vertx.pgclient.PgException;

/** Reads what PostgreSQL's SQLSTATE says about a failure. */
public final class PgFailures {

    private PgFailures() {
    }

    /** Whether the data itself was refused (class 22 or 23): the same batch without the culprit would pass. */
    public static boolean liesInTheData(Throwable failure) {
        return failure instanceof PgException pg && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
