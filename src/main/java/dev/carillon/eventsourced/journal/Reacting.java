package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;

/** Says who answers an event. What nobody answers is never pending. */
public interface Reacting {

    /** Whether a rule listens to it now. */
    boolean reactsTo(EventEnvelope event);

    /** Whose loop answers it: that of its domain, unless its tenant has one of its own. */
    String addressOf(EventEnvelope event);
}
