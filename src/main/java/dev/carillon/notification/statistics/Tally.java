package dev.carillon.notification.statistics;

import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a count is kept by.
 *
 * @param hour     in which it came to pass; UTC
 * @param channel  empty for what concerns a whole notification
 * @param provider empty where none was asked
 * @param reason   empty where there is none
 */
public record Tally(
        String tenant, Instant hour, String type, String channel, String provider, String status, String reason) {

    public Tally {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }

    /**
     * A decision, in the hour of its notification.
     *
     * @param refusal why it is not sent; null if it is
     */
    public static Tally decided(String tenant, String notificationId, String type, @Nullable Reason refusal) {
        return new Tally(
                tenant,
                Ids.timeOf(notificationId),
                type,
                "",
                "",
                refusal == null ? "accepted" : "suppressed",
                refusal == null ? "" : refusal.name());
    }
}
