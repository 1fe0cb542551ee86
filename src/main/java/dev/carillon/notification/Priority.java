package dev.carillon.notification;

/** How urgent a notification is, most urgent first; its ordinal is the outbox lane. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
