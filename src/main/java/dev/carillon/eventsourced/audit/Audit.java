package dev.carillon.eventsourced.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.tracking.NotificationView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer's events and notifications, both newest first. */
@RegisterForReflection
@Schema(description = "One customer's events and notifications, both newest first.")
record Audit(
        @Schema(description = "The customer", examples = "u_12345") @JsonProperty("user_id")
        String userId,

        @Schema(description = "Events about them, newest first") @JsonProperty("recent_events")
        List<Event> recentEvents,

        @Schema(description = "Notifications, sent or not, newest first") @JsonProperty("notification_history")
        List<AuditedNotification> notificationHistory,

        @Schema(
                description =
                        "How to read the older events, where the list is cut short because they are large. Left out otherwise.",
                examples = Audit.CUT)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String note) {

    static final String CUT = "Older events are left out, for these hold 1 MiB; GET /api/v1/events?subject= lists all";

    /** One event of the customer. */
    @RegisterForReflection
    @Schema(name = "AuditEvent", description = "An event about the customer.")
    record Event(
            @Schema(description = "Its id", examples = "abc-123") @JsonProperty("event_id")
            String eventId,

            @Schema(description = "What kind of fact", examples = "payment_failed") @JsonProperty("event_type")
            String eventType,

            @Schema(description = "When it happened, UTC, to the second", examples = "2025-10-31T19:22:11Z")
            @JsonProperty("event_timestamp")
            String eventTimestamp,

            @Schema(description = "The fact itself") Map<String, Object> properties) {}

    /** A notification the customer got or did not get. */
    @RegisterForReflection
    @Schema(name = "AuditNotification", description = "A notification to the customer, sent or not.")
    record AuditedNotification(
            @Schema(description = "The notification type", examples = "INSUFFICIENT_FUNDS_EMAIL")
            @JsonProperty("notification_type")
            String notificationType,

            @Schema(
                    description = "The type of the event that led to it; null where a caller submitted it",
                    examples = "payment_failed")
            @JsonProperty("trigger_event")
            @Nullable
            String triggerEvent,

            @Schema(
                    description =
                            "sent, delivered, bounced, complained, suppressed, cancelled, expired, deferred, queued, sending, retrying, dead-lettered",
                    examples = "sent")
            String status,

            @Schema(description = "UTC, to the second", examples = "2025-10-31T19:22:12Z") @JsonProperty("created_at")
            String createdAt,

            @Schema(
                    description = "Why it was not sent, as a sentence",
                    examples = "skipped INSUFFICIENT_FUNDS_EMAIL: already sent today")
            @JsonProperty("suppression_reason")
            @Nullable
            String suppressionReason) {}

    /**
     * @param cut   whether older events were left out for their size
     * @param types tracking id → type of the event
     */
    static Audit of(
            String user,
            List<RecordedEvent> events,
            boolean cut,
            List<NotificationView> notifications,
            Map<String, String> types) {
        return new Audit(
                user,
                events.stream().map(Audit::event).toList(),
                notifications.stream().map(one -> notification(one, types)).toList(),
                cut ? CUT : null);
    }

    private static Event event(RecordedEvent recorded) {
        var event = recorded.event();
        return new Event(event.id(), event.type(), second(event.occurredAt()), event.data());
    }

    private static AuditedNotification notification(NotificationView notification, Map<String, String> types) {
        var reason = notification.reason();
        return new AuditedNotification(
                notification.type(),
                types.get(notification.trackingId()),
                notification.status().wire(),
                second(notification.createdAt()),
                reason == null ? null : SuppressionTexts.of(notification, reason));
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
