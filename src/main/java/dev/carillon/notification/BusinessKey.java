package dev.carillon.notification;

/** A fact of a tenant that is told at most once, whichever door it comes through. */
record BusinessKey(String tenant, String key) {}
