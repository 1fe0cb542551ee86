package dev.carillon.platform.sql;

import io.vertx.mutiny.sqlclient.SqlConnection;

/** Gives {@code Pg…} classes the connection inside a {@link Tx}. */
public record PgTx(SqlConnection connection) implements Tx {

    public static SqlConnection connection(Tx tx) {
        return ((PgTx) tx).connection();
    }
}
