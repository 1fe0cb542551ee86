package dev.carillon.delivery.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks that a signed call is recent. One that is more than five minutes older or newer than now may be a replay. */
public final class Freshness {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Freshness() {}

    /** @param seconds of the epoch, as a header has them */
    public static boolean isFresh(@Nullable String seconds, Instant now) {
        try {
            return seconds != null
                    && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                    .abs()
                                    .compareTo(TOLERANCE)
                            <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException notATime) {
            return false;
        }
    }
}
