package dev.carillon.eventsourced.trail;

import dev.carillon.eventsourced.journal.RecordedEvent;

/** An event of the journal, and whether every rule that listens has had its say. */
record JournalEntry(RecordedEvent recorded, boolean answered) {
}
