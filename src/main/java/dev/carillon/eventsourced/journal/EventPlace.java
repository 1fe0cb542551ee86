package dev.carillon.eventsourced.journal;

import java.time.Instant;

/** Where an event stands in the journal; the time finds its partition. */
public record EventPlace(long position, Instant recordedAt) {

    /** Before the first event. */
    public static final EventPlace BEGINNING = new EventPlace(0, Instant.EPOCH);
}
