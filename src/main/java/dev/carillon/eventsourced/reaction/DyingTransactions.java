package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/**
 * Transactions of a loop that dies in the middle of one: when all is written and nothing is committed, it is rolled
 * back, as the database does for a process that is gone, and whoever waits for it waits for ever.
 *
 * @param died told when it is rolled back
 */
record DyingTransactions(Transactions whole, Runnable died) implements Transactions {

    private static final class DiedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DiedException() {
            super("died before its commit", null, false, false);
        }
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
        return whole.inTransaction(tx -> work.apply(tx).invoke(done -> {
                    if (done != null) {
                        throw new DiedException();
                    }
                }))
                .onFailure(DiedException.class)
                .recoverWithUni(dead -> {
                    died.run();
                    return Uni.createFrom().nothing();
                });
    }
}
