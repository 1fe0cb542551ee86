package dev.carillon.delivery.outbox;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** How the database has carried out statements, in their order. */
public final class Plans {

    private final String options;
    private final List<String> plans = new ArrayList<>();

    /** @param options of {@code explain} */
    public Plans(String options) {
        this.options = options;
    }

    public List<String> all() {
        return plans;
    }

    /** Undone at once, so that each statement meets the same tables. */
    public Uni<Void> explain(Tx tx, String sql, Tuple parameters) {
        var connection = PgTx.connection(tx);
        return connection
                .query("savepoint before")
                .execute()
                .chain(() -> connection
                        .preparedQuery("explain (" + options + ") " + sql)
                        .execute(parameters))
                .invoke(rows -> {
                    var plan = new StringBuilder();
                    rows.forEach(row -> plan.append(row.getString(0)).append('\n'));
                    plans.add(plan.toString());
                })
                .chain(() -> connection.query("rollback to savepoint before").execute())
                .replaceWithVoid();
    }

    public static Uni<Void> run(Tx tx, List<String> statements) {
        var done = Uni.createFrom().voidItem();
        for (var statement : statements) {
            done = done.chain(
                    () -> PgTx.connection(tx).query(statement).execute().replaceWithVoid());
        }
        return done;
    }
}
