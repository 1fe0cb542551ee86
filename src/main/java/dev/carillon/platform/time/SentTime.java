package dev.carillon.platform.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A point in time as people send it: ISO 8601, with its offset. */
public final class SentTime {

    /** What a time must be, for whoever sent another text. */
    public static final String FORM = "must be an ISO 8601 date and time with offset, such as 2025-10-31T19:00:00Z";

    private SentTime() {
    }

    /** Empty when it has not the {@link #FORM}. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
