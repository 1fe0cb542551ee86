package dev.carillon.platform.sql;

/** An open transaction, or a single statement that is one, passed from store to store. Only {@code Pg…} classes can look inside. */
public interface Tx {}
