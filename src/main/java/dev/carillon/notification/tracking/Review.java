package dev.carillon.notification.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of re-evaluating a held notification.
 *
 * @param reason why nothing is sent now; null if it is
 * @param gates  the gates that were asked again, in order; the last one is the verdict
 * @param until  when it is evaluated again, if it is held again
 */
public record Review(
        String notificationId,
        ReviewVerdict verdict,
        @Nullable Reason reason,
        @Nullable String detail,
        List<Gate> gates,
        Instant judgedAt,
        @Nullable Instant until) {

    /** The verdict of the re-evaluation. */
    public enum ReviewVerdict {
        NOTIFY,
        SUPPRESS,
        DEFER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
