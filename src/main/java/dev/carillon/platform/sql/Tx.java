package dev.carillon.platform.sql;

import java.util.function.Consumer;

/**
 * An open transaction, or a single statement that is one, passed from store to store. Only {@code Pg…} classes can look
 * inside.
 */
public interface Tx {

    /**
     * Runs {@code work} once, when the transaction has ended, and before its result is passed on. It learns whether the
     * transaction was committed. It is false too where nobody knows, because the connection broke during the commit.
     *
     * @return false where nobody is told how it ends: then {@code work} never runs
     */
    default boolean onEnd(Consumer<Boolean> work) {
        return false;
    }
}
