package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A throttle of the length up to now: what went out exactly that long ago does not count any more. */
final class Sliding extends Counting {

    private final Duration length;

    Sliding(int max, Duration length) {
        super(max, " already sent within " + length);
        this.length = length;
    }

    @Override
    boolean counts(Instant sent, Instant now, ZoneId zone) {
        return sent.isAfter(now.minus(length));
    }
}
