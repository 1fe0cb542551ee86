package dev.carillon.delivery.outbox;

import io.vertx.pgclient.PgException;

/** A failure as one may log it: its class and SQLSTATE, without the message, because PostgreSQL's messages may quote a row's values. */
public final class PgSymptom {

    private PgSymptom() {
    }

    /** {@code PgException 40P01}, {@code ConnectException}: of the first cause, because wrappers say little. */
    public static String of(Throwable failure) {
        var first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        var name = first.getClass().getSimpleName();
        return first instanceof PgException pg ? name + " " + pg.getSqlState() : name;
    }
}
