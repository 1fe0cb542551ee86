package dev.carillon.notification;

/** A fact of a tenant that a customer is notified of at most once, through either door. */
record BusinessKey(String tenant, String key) {}
