package dev.carillon.notification.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a notification that had waited was judged again.
 *
 * @param reason why nobody is told now; null when somebody is
 * @param gates  the gates that were asked again, in order; the last one is the verdict
 * @param until  when it is judged once more, where it is held again
 */
public record Review(
        String notificationId,
        ReviewVerdict verdict,
        @Nullable Reason reason,
        @Nullable String detail,
        List<Gate> gates,
        Instant judgedAt,
        @Nullable Instant until) {

    /** Which way it went. */
    public enum ReviewVerdict {
        NOTIFY,
        SUPPRESS,
        DEFER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
