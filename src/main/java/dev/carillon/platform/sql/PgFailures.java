package dev.carillon.platform.sql;

import io.vertx.pgclient.PgException;

/** Reads what PostgreSQL's SQLSTATE says about a failure. */
public final class PgFailures {

    private PgFailures() {
    }

    /**
     * A failure as one may log it: {@code PgException 40P01}, {@code ConnectException}. Class and SQLSTATE of the first
     * cause, because wrappers say little, and no message, because PostgreSQL's messages may quote a row's values.
     */
    public static String nameOf(Throwable failure) {
        var first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        var name = first.getClass().getSimpleName();
        return first instanceof PgException pg ? name + " " + pg.getSqlState() : name;
    }

    /** Whether the data itself was refused (class 22 or 23): the same batch without the culprit would pass. */
    public static boolean liesInTheData(Throwable failure) {
        return failure instanceof PgException pg && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
