package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
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
        return noticing(pool.withTransaction(connection -> work.apply(new PgTx(connection))));
    }

    /** Answered when PostgreSQL is ready for the next one, which is after the commit. */
    @Override
    public <T> Uni<T> inOneStatement(Function<Tx, Uni<T>> statement) {
        return noticing(pool.withConnection(connection -> statement.apply(new PgTx(connection))));
    }

    private <T> Uni<T> noticing(Uni<T> work) {
        return work.onFailure(PgFailures::saysItCannotWrite).invoke(refused -> refusals.noticed());
    }
}
