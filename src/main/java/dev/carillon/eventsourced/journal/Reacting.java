package dev.carillon.eventsourced.journal;

/** Says whether anybody answers events of a type now. What nobody answers is never pending. */
public interface Reacting {

    boolean reactsTo(String eventType);
}
