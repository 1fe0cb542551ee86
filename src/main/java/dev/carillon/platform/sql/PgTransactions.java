package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

@ApplicationScoped
class PgTransactions implements Transactions {

    private final Pool pool;
    private final WriteRefusals refusals;

    PgTransactions(Pool pool, WriteRefusals refusals) {
        this.pool = pool;
        this.refusals = refusals;
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
        return run(work, pool::withTransaction);
    }

    /** Answered when PostgreSQL is ready for the next one, which is after the commit. */
    @Override
    public <T> Uni<T> inOneStatement(Function<Tx, Uni<T>> statement) {
        return run(statement, pool::withConnection);
    }

    private <T> Uni<T> run(Function<Tx, Uni<T>> work, Function<Function<SqlConnection, Uni<T>>, Uni<T>> with) {
        return Uni.createFrom()
                .deferred(() -> {
                    var end = new TxEnd();
                    return with.apply(connection -> work.apply(new PgTx(connection, end)))
                            .onTermination()
                            .invoke((done, failure, cancelled) -> end.ended(failure == null && !cancelled));
                })
                .onFailure(PgFailures::saysItCannotWrite)
                .invoke(refused -> refusals.noticed());
    }
}
