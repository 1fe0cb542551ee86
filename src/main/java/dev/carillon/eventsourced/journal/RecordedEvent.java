package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;

import java.time.Instant;

/** An event in the journal: {@code position} rises in the order of commit, so what was recorded before has a lower one. */
public record RecordedEvent(long position, Instant recordedAt, EventEnvelope event) {

    public EventPlace place() {
        return new EventPlace(position, recordedAt);
    }
}
