package dev.carillon.notification.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects notifications; a null field matches any.
 *
 * @param from submitted at this time or later
 * @param to   submitted before this time
 */
public record NotificationFilter(
        @Nullable String customerId,
        @Nullable String type,
        @Nullable Status status,
        @Nullable String channel,
        @Nullable String correlationId,
        @Nullable String businessKey,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Checks the criteria that only the deliveries can answer. */
    boolean holdsFor(NotificationView notification) {
        return (status == null || notification.status() == status)
                && (channel == null
                        || notification.deliveries().stream()
                                .anyMatch(delivery -> delivery.channel().equals(channel)));
    }
}
