package dev.carillon.eventsourced.activity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last item that a listener has; opaque to it. */
record ActivityCursor(Instant at, String key) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,16})-([0-9A-Za-z-]{1,80})");

    static ActivityCursor of(ActivityItem item) {
        return new ActivityCursor(item.at(), item.key());
    }

    static Optional<ActivityCursor> parse(String text) {
        var form = FORM.matcher(text);
        return !form.matches()
                ? Optional.empty()
                : Optional.of(new ActivityCursor(
                        Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS), form.group(2)));
    }

    String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + key;
    }
}
