package dev.carillon.testing;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** How the database carries out statements, in their order. */
public final class Plans {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String options;
    private final List<String> plans = new ArrayList<>();

    private static final class Undone extends RuntimeException {}

    private Plans(String options) {
        this.options = options;
    }

    /**
     * The plans of what is explained in a transaction that is undone at its end.
     *
     * @param options of {@code explain}
     */
    public static List<String> of(Transactions transactions, String options, BiFunction<Plans, Tx, Uni<Void>> work) {
        var plans = new Plans(options);
        transactions
                .inTransaction(
                        tx -> work.apply(plans, tx).chain(() -> Uni.createFrom().<Void>failure(new Undone())))
                .onFailure(Undone.class)
                .recoverWithNull()
                .await()
                .atMost(DEADLINE);
        return plans.plans;
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

    public static Uni<Void> run(Tx tx, String... statements) {
        return run(tx, Arrays.asList(statements));
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
