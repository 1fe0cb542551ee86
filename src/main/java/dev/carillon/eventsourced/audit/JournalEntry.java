package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.tracking.EventRef;

/** An event of the journal, and whether every rule that listens has had its say. */
record JournalEntry(RecordedEvent recorded, boolean answered) {

    EventRef eventRef() {
        return new EventRef(recorded.event().id(), recorded.position());
    }
}
