package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.PgDecisions.CustomerDecision;
import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of what was decided about a customer, newest first. */
@RegisterForReflection
@Schema(
        name = "TimelinePage",
        description = "What was decided about a customer, newest first: every notification and every no.")
record TimelinePage(
        @Schema(description = "Newest first") List<TimelineItem> items,

        @Schema(description = "`after` of the next page; null on the last", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String next)
        implements Paged {

    /** One decision about the customer, and the notification if it made one. */
    @RegisterForReflection
    @Schema(name = "TimelineItem", description = "One decision about a customer, and the notification if it made one.")
    record TimelineItem(
            @Schema(
                    description = "ULID; of a decision that made a notification the notification's",
                    examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String id,

            @Schema(description = "UTC") Instant at,

            @Schema(description = "notify, suppress, ignore, defer or digest", examples = "suppress")
            String verdict,

            @Schema(description = "Why not, or not yet", examples = "CATEGORY_OFF") @Nullable
            Reason reason,

            @Schema(description = "The reason as a sentence") @Nullable
            String sentence,

            @Schema(description = "The rule that decided; null where a caller asked", examples = "price-drop-alert")
            @Nullable
            String ruleId,

            @Schema(description = "The event it answers; null where a caller asked", examples = "evt-001") @Nullable
            String eventId,

            @Schema(description = "The notification it made or is about; null for a rule's no") @Nullable
            String notificationId,

            @Schema(description = "The notification's type, where this made one", examples = "PRICE_DROP_ALERT")
            @Nullable
            String type,

            @Schema(description = "Where the notification stands, where this made one") @Nullable
            Status status,

            @Schema(description = "The channels it goes out on", examples = "[\"email\"]")
            List<String> channels) {

        static TimelineItem of(CustomerDecision one, @Nullable NotificationView made) {
            var decision = one.decision();
            return new TimelineItem(
                    decision.id(),
                    decision.decidedAt(),
                    decision.verdict(),
                    decision.reason(),
                    decision.sentence(),
                    decision.ruleId(),
                    one.eventId(),
                    decision.notificationId(),
                    made == null ? null : made.type(),
                    made == null ? null : made.status(),
                    made == null
                            ? List.of()
                            : made.deliveries().stream()
                                    .filter(delivery -> delivery.id() != null)
                                    .map(NotificationView.DeliveryView::channel)
                                    .toList());
        }
    }
}
