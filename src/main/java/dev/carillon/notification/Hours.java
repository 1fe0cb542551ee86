package dev.carillon.notification;

import dev.carillon.notification.preference.QuietHours;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a message may go out under its recipient's quiet hours.
 *
 * @param notBefore when the quiet that reigns now is over; null when none does
 * @param goodUntil when the next one begins, so that a delivery that is still there is evaluated again; null if none ever begins
 */
record Hours(@Nullable Instant notBefore, @Nullable Instant goodUntil, String detail) {

    /** Mandatory messages go at any hour. */
    static final Hours MANDATORY = new Hours(null, null, "mandatory");

    static final Hours ANY = new Hours(null, null, "none");

    static Hours at(Instant now, QuietHours quiet, ZoneId zone) {
        if (quiet.windows().isEmpty() || quiet.leaveNoHour()) {
            return ANY;
        }
        return quiet.until(now, zone)
                .map(end -> new Hours(
                        end,
                        null,
                        "quiet until " + end.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES) + " "
                                + zone))
                .orElseGet(() -> new Hours(null, quiet.next(now, zone).orElse(null), "not quiet now in " + zone));
    }
}
