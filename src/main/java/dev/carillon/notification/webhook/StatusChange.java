package dev.carillon.notification.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a delivery's status.
 *
 * @param traceparent the trace the delivery belongs to
 */
record StatusChange(
        String tenant,
        String trackingId,
        String type,
        @Nullable String correlationId,
        @Nullable String traceparent,
        String status,
        String channel,
        @Nullable String provider,
        @Nullable String providerMessageId,
        @Nullable Integer attempt,
        @Nullable String reason,
        Instant at) {

    /** The event as subscribers get it. */
    Map<String, Object> asEvent() {
        var event = new LinkedHashMap<String, Object>();
        event.put("eventType", "NotificationStatus");
        event.put("trackingId", trackingId);
        event.put("status", status);
        event.put("channel", channel);
        put(event, "provider", provider);
        put(event, "providerMessageId", providerMessageId);
        put(event, "attempt", attempt);
        event.put("timestamp", at.toString());
        event.put("notificationType", type);
        put(event, "correlationId", correlationId);
        put(event, "reason", reason);
        return event;
    }

    private static void put(Map<String, Object> event, String name, @Nullable Object value) {
        if (value != null) {
            event.put(name, value);
        }
    }
}
