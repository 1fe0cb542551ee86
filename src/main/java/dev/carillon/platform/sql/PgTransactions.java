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
        return pool.withTransaction(connection -> work.apply(new PgTx(connection)))
                .onFailure(PgFailures::saysItCannotWrite)
                .invoke(refused -> refusals.noticed());
    }
}
