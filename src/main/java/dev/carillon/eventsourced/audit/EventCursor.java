package dev.carillon.eventsourced.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a page of the journal ended; opaque to callers. */
record EventCursor(Instant recordedAt, long position) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    static EventCursor of(EventPage.EventLine event) {
        return new EventCursor(event.recordedAt(), event.position());
    }

    static Optional<EventCursor> parse(String text) {
        var form = FORM.matcher(text);
        return !form.matches()
                ? Optional.empty()
                : Optional.of(new EventCursor(
                        Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS),
                        Long.parseLong(form.group(2))));
    }

    String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt) + "-" + position;
    }
}
