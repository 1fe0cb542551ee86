package dev.carillon.notification.unsubscribe;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Secrets the service made for itself, as SQL. */
@ApplicationScoped
class PgSecrets {

    private static final String KEEP = "insert into service_secret (name, value) values ($1, $2) on conflict (name) do nothing";
    private static final String FIND = "select value from service_secret where name = $1";

    /** The secret of this name; {@code fresh} where there was none. */
    Uni<byte[]> ensure(Tx tx, String name, byte[] fresh) {
        var connection = PgTx.connection(tx);
        return connection.preparedQuery(KEEP).execute(Tuple.of(name, Buffer.buffer(fresh)))
                .chain(() -> connection.preparedQuery(FIND).execute(Tuple.of(name)))
                .map(rows -> rows.iterator().next().getBuffer("value").getBytes());
    }
}
