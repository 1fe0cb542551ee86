package dev.carillon.platform.sql;

/** An open transaction, passed from store to store. Only {@code Pg…} classes can look inside. */
public interface Tx {}
