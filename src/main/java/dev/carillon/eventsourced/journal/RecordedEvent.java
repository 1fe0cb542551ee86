package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.lww.Stamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event in the journal. {@code position} follows the order of commit, so whatever was recorded before has a lower
 * one.
 */
public record RecordedEvent(long position, Instant recordedAt, EventEnvelope event) {

    /**
     * When it counts as having happened: when its sender says, to the microsecond as the journal keeps it, and at the latest when it was
     * recorded. A clock that is ahead would outlast everything that is said later.
     */
    public Instant at() {
        var said = event.occurredAt().truncatedTo(ChronoUnit.MICROS);
        return said.isAfter(recordedAt) ? recordedAt : said;
    }

    /** How what it says stands against what others say. */
    public Stamp stamp() {
        var at = at();
        return new Stamp(at, at.equals(recordedAt) ? position : 0, event.id());
    }

    public EventPlace place() {
        return new EventPlace(position, recordedAt);
    }
}
