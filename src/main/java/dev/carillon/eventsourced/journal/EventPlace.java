package dev.carillon.eventsourced.journal;

import java.time.Instant;

/** An event's position in the journal; its time gives the partition. */
public record EventPlace(long position, Instant recordedAt) {

    /** Before the first event. */
    public static final EventPlace BEGINNING = new EventPlace(0, Instant.EPOCH);
}
