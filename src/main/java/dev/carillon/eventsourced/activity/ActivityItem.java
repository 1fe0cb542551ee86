package dev.carillon.eventsourced.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that happened: one of the three, as its kind says. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ActivityItem", description = "Something that happened. It has the object that its kind names.")
record ActivityItem(
        @Schema(description = "The same whenever it is read again", examples = "e42")
        String key,

        @Schema(
                description = "What happened",
                examples = "event",
                enumeration = {"event", "decision", "delivery"})
        String kind,

        @Schema(description = "When it was recorded, decided, or tried, UTC", examples = "2026-11-21T09:00:00Z")
        Instant at,

        @Schema(description = "With kind event") @Nullable HeardEvent event,

        @Schema(description = "With kind decision") @Nullable
        MadeDecision decision,

        @Schema(description = "With kind delivery") @Nullable
        TriedDelivery delivery) {

    static final Comparator<ActivityItem> OLDEST_FIRST = Comparator.comparing(ActivityItem::at)
            .thenComparing(item -> item.kind().equals("event") ? 0 : 1);

    /** An event that was recorded. */
    @RegisterForReflection
    @JsonInclude
    @Schema(name = "HeardEvent", description = "An event that was recorded.")
    record HeardEvent(
            @Schema(examples = "evt-001") String id,
            @Schema(examples = "/api/v1/events") String source,
            @Schema(examples = "pricing.price-changed") String type,

            @Schema(description = "The customer, where it is about one", examples = "cust-001") @Nullable
            String subject,

            @Schema(description = "When it happened, UTC") Instant occurredAt,

            @Schema(description = "Its place in the journal", examples = "42")
            long position) {}

    /** A decision, of a rule or on a caller's request. */
    @RegisterForReflection
    @JsonInclude
    @Schema(name = "MadeDecision", description = "A decision, of a rule or on a caller's request.")
    record MadeDecision(
            @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String id,

            @Schema(
                    examples = "event-sourced",
                    enumeration = {"event-sourced", "api-driven"})
            String door,

            @Schema(description = "The event it answers; null with door api-driven", examples = "evt-001") @Nullable
            String eventId,

            @Schema(description = "The rule; null with door api-driven", examples = "price-drop-alert") @Nullable
            String ruleId,

            @Schema(description = "The customer; null where none was looked at", examples = "cust-001") @Nullable
            String customerId,

            @Schema(description = "The type of the notification it made, if it made one", examples = "PRICE_DROP_ALERT")
            @Nullable
            String notificationType,

            @Schema(description = "notify, suppress, ignore, defer or digest", examples = "notify")
            String verdict,

            @Schema(description = "Why nobody was notified, or not yet", examples = "CATEGORY_OFF") @Nullable
            Reason reason,

            @Schema(description = "The reason as a sentence") @Nullable
            String sentence,

            @Schema(description = "The notification, also if it was suppressed") @Nullable
            String notificationId) {}

    /** An attempt to deliver. */
    @RegisterForReflection
    @JsonInclude
    @Schema(name = "TriedDelivery", description = "An attempt to deliver a notification on one channel.")
    record TriedDelivery(
            @Schema(examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") String notificationId,
            @Schema(examples = "PRICE_DROP_ALERT") String notificationType,
            @Schema(examples = "cust-001") String customerId,
            @Schema(examples = "email") String channel,
            @Schema(examples = "mock") String provider,

            @Schema(
                    examples = "sent",
                    enumeration = {"sent", "retry", "dead", "expired", "unknown"})
            String outcome,

            @Schema(description = "Why it failed", examples = "PROVIDER_ERROR") @Nullable
            String failure) {}

    static ActivityItem of(Instant at, HeardEvent event) {
        return new ActivityItem("e" + event.position(), "event", at, event, null, null);
    }

    static ActivityItem of(Instant at, MadeDecision decision) {
        return new ActivityItem("d" + decision.id(), "decision", at, null, decision, null);
    }

    /** @param attempt which one it was: a redriven delivery counts from 1 again */
    static ActivityItem of(Instant at, String attempt, TriedDelivery delivery) {
        return new ActivityItem("a" + attempt, "delivery", at, null, null, delivery);
    }
}
