package dev.carillon.eventsourced.trail;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.tracking.Trigger;

/** An event of the journal, and whether every rule that listens has had its say. */
record JournalEntry(RecordedEvent recorded, boolean answered) {

    Trigger trigger() {
        return new Trigger(recorded.event().id(), recorded.position());
    }
}
