package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Runs work in one transaction: committed when the work's item arrives, rolled back when it fails. */
public interface Transactions {

    <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work);

    /**
     * Runs work that is a single statement, and so a transaction by itself: without {@code BEGIN} and {@code COMMIT}
     * around it, which cost more than a small statement does.
     */
    default <T> Uni<T> inOneStatement(Function<Tx, Uni<T>> statement) {
        return inTransaction(statement);
    }

    /**
     * Repeats work in transactions of its own, so that none is long, until there was less to do than a whole portion.
     *
     * @param work answers how much it did, {@code portion} at most
     */
    default <N extends Number> Uni<Void> inPortions(int portion, Function<Tx, Uni<N>> work) {
        return inTransaction(work)
                .chain(done -> done.longValue() < portion ? Uni.createFrom().voidItem() : inPortions(portion, work));
    }
}
