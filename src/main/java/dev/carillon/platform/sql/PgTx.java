package dev.carillon.platform.sql;

import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives {@code Pg…} classes the connection inside a {@link Tx}. */
public record PgTx(SqlConnection connection, @Nullable TxEnd end) implements Tx {

    /** A transaction that tells nobody how it ends. */
    public PgTx(SqlConnection connection) {
        this(connection, null);
    }

    @Override
    public boolean onEnd(Consumer<Boolean> work) {
        if (end != null) {
            end.tell(work);
        }
        return end != null;
    }

    public static SqlConnection connection(Tx tx) {
        return ((PgTx) tx).connection();
    }
}
