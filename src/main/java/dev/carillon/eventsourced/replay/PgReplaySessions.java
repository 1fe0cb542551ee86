package dev.carillon.eventsourced.replay;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/**
 * Allows one replay at a time in the cluster. Everything runs on the connection that holds the lock. A replay that
 * loses its connection loses the lock too, and can no longer write into the next one's tables.
 */
@ApplicationScoped
class PgReplaySessions {

    private static final String LOCK = "select pg_try_advisory_lock(hashtext('carillon.replay'), 0) as held";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtext('carillon.replay'), 0)";

    private final Pool pool;

    PgReplaySessions(Pool pool) {
        this.pool = pool;
    }

    /** Empty while another replay runs, here or elsewhere. */
    Uni<Optional<ReplaySession>> open() {
        return pool.getConnection()
                .chain(connection -> connection
                        .query(LOCK)
                        .execute()
                        .map(rows -> rows.iterator().next().getBoolean("held"))
                        .onFailure()
                        .call(connection::close)
                        .chain(held -> held
                                ? Uni.createFrom().item(Optional.of(new ReplaySession(connection)))
                                : connection.close().replaceWith(Optional.empty())));
    }

    /** Runs the transactions of one replay, one after another. */
    static final class ReplaySession implements Transactions {

        private final SqlConnection connection;

        private ReplaySession(SqlConnection connection) {
            this.connection = connection;
        }

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return connection
                    .begin()
                    .chain(transaction -> Uni.createFrom()
                            .deferred(() -> work.apply(new PgTx(connection)))
                            .onItemOrFailure()
                            .call((done, failure) -> failure == null
                                    ? transaction.commit()
                                    : transaction
                                            .rollback()
                                            .onFailure()
                                            .recoverWithNull())); // what failed says more than that it was undone
        }

        /** Lets the next one begin. */
        Uni<Void> close() {
            return connection
                    .query(UNLOCK)
                    .execute()
                    .onItemOrFailure()
                    .transformToUni((done, failure) -> connection.close());
        }
    }
}
