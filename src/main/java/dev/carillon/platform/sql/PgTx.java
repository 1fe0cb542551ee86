package dev.carillon.platform.sql;

import io.vertx.mutiny.sqlclient.SqlConnection;

/** What a {@link Tx} is made of, for {@code Pg…} classes. */
public record PgTx(SqlConnection connection) implements Tx {

    public static SqlConnection connection(Tx tx) {
        return ((PgTx) tx).connection();
    }
}
