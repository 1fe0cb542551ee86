package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
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
        return run(work, pipelined -> pool.withConnection(connection -> committed(connection, pipelined)));
    }

    /**
     * {@code BEGIN} goes out together with the first statement: it says nothing that the work would wait for. If it
     * failed, the statements behind it would be transactions of their own; but then the work has failed as well, and its
     * caller knows no more than after a commit whose answer was lost.
     */
    private static <T> Uni<T> committed(SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        var begun = connection.getDelegate().begin();
        return Uni.createFrom()
                .deferred(() -> work.apply(connection))
                .onItemOrFailure()
                .transformToUni((item, failure) -> UniHelper.toUni(begun.compose(tx -> failure == null
                        ? tx.commit().map(item)
                        : tx.rollback().otherwiseEmpty().compose(undone -> Future.failedFuture(failure)))));
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
