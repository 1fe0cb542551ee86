package dev.carillon.eventsourced.rule;

/** How urgent a rule's notifications are, most urgent first. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
