package dev.carillon.eventsourced.rule;

/** A fact from memory a rule's expressions may mention; only those mentioned need loading. */
public enum Fact {
    /** The order the event belongs to. */
    ORDER,
    /** The product the event is about. */
    PRODUCT,
    /** More of the customer than the id, which is always at hand. */
    CUSTOMER
}
