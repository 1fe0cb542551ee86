package dev.carillon.platform.value;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A duration as people write it: days, hours, minutes and seconds, but no months, which differ in length. */
public final class PlainDuration {

    public static final String IN_WORDS = "an ISO 8601 duration such as PT24H, above zero and at most P400D";

    /** Longer than a year, so that "a year ago" can be said. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private PlainDuration() {}

    public static Optional<Duration> of(String text) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(duration -> duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0);
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }
}
