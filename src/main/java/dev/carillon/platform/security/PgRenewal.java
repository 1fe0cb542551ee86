package dev.carillon.platform.security;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;

/** The SQL that re-encrypts a table of {@link StoredSecrets} with the current key. */
public final class PgRenewal {

    private PgRenewal() {}

    /**
     * @param stale  selects, and locks, the rows that are not encrypted with the present key; its one parameter is what all that is begins with
     * @param update writes one row anew, with the parameters that {@code renewed} makes of it
     * @return how many rows there were
     */
    public static Uni<Integer> renew(
            Tx tx, String stale, String currentPrefix, String update, Function<Row, Tuple> renewed) {
        var connection = PgTx.connection(tx);
        return PgRows.of(tx, stale, currentPrefix)
                .list(row -> renewed.apply(row))
                .chain(anew -> anew.isEmpty()
                        ? Uni.createFrom().item(0)
                        : connection
                                .preparedQuery(update)
                                .executeBatch(List.copyOf(anew))
                                .replaceWith(anew.size()));
    }
}
