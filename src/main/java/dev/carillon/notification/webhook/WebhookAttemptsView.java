package dev.carillon.notification.webhook;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was sent to a subscriber, and what it answered. Neither secrets nor contents. */
@RegisterForReflection
@Schema(
        name = "WebhookAttempts",
        description = "The events for a subscriber, newest first, each with its latest attempts.")
public record WebhookAttemptsView(
        List<SentEvent> events,

        @Schema(description = "`after` of the following page; null when this was the last") @Nullable
        String next)
        implements Paged {

    /** An event for a subscriber. */
    @RegisterForReflection
    @Schema(name = "WebhookEvent", description = "An event for a subscriber, and what became of it.")
    public record SentEvent(
            @Schema(description = "Its `webhook-id`, a ULID", examples = "01KAJ3W9C0H7Y2D4K6F8B1E3GA")
            String eventId,

            @Schema(description = "NotificationStatus, or NotificationStatusTest", examples = "NotificationStatus")
            String eventType,

            @Schema(
                    description = "The notification it is about; null for a test",
                    examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            @Nullable
            String trackingId,

            @Schema(description = "The status it tells; null for a test", examples = "delivered") @Nullable
            String tells,

            @Schema(description = "UTC") Instant createdAt,

            @Schema(
                    description =
                            "waiting, sending, set-aside while the subscriber's circuit is open or it has no room, taken, dead-lettered or expired",
                    examples = "taken")
            String status,

            @Schema(description = "When it is tried again; null when it is not, or as soon as there is room") @Nullable
            Instant nextTryAt,

            @Schema(description = "Oldest first, at most the latest 20")
            List<Attempted> attempts) {}

    /** One call. */
    @RegisterForReflection
    @Schema(name = "WebhookAttempt", description = "One call of a subscriber.")
    public record Attempted(
            @Schema(examples = "1") int number,
            @Schema(description = "UTC") Instant at,

            @Schema(description = "How long it took, in milliseconds, with the recording of it", examples = "84")
            long milliseconds,

            @Schema(description = "sent, retry, dead, expired or unknown", examples = "sent")
            String outcome,

            @Schema(description = "The status it answered, or why there was no answer", examples = "HTTP 204") @Nullable
            String answer) {}
}
