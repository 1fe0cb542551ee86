package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.decision.EventRef;

/** An event of the journal, and whether all rules that listen have been evaluated. */
record JournalEntry(RecordedEvent recorded, boolean answered) {

    EventRef eventRef() {
        return new EventRef(recorded.event().id(), recorded.position());
    }
}
