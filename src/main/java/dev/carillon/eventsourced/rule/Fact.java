package dev.carillon.eventsourced.rule;

/** A fact from memory that expressions can use. Only the facts a rule mentions are loaded. */
public enum Fact {
    /** The order the event belongs to. */
    ORDER,
    /** The product the event is about. */
    PRODUCT,
    /** More of the customer than the id, which is always at hand. */
    CUSTOMER
}
