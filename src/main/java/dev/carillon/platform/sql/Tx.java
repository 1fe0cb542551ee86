package dev.carillon.platform.sql;

/** An open transaction, to be handed from store to store; only {@code Pg…} classes know what is inside. */
public interface Tx {}
