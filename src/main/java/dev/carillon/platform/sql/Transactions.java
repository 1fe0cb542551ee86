package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;

import java.util.function.Function;

/** Runs work in one transaction: committed when the work's item arrives, rolled back when it fails. */
public interface Transactions {

    <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work);
}
