package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Has the database end a session in the middle of its transaction, which is how it sees a process die. */
@ApplicationScoped
class PgBrokenSessions {

    private static final String END = "select pg_terminate_backend(pg_backend_pid())";

    /**
     * Transactions each of which is broken off when all its work is done, just before its commit.
     *
     * @param broken told when the session is gone
     */
    Transactions breaking(Transactions whole, Runnable broken) {
        return new Transactions() {
            @Override
            public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
                return whole.inTransaction(tx -> work.apply(tx).call(done -> done == null
                                ? Uni.createFrom().voidItem()
                                : PgRows.of(tx, END).done()))
                        .onFailure()
                        .invoke(broken);
            }
        };
    }
}
