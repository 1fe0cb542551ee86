package dev.carillon.notification.tracking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification as the API shows it: status, channels and every attempt. */
@RegisterForReflection
@Schema(name = "Notification", description = "The status of a notification, its channels and every attempt.")
public record NotificationView(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(examples = "ORDER_SHIPPED") String type,
        @Schema(examples = "order_updates") String category,
        @Schema(examples = "cust-001") String customerId,
        Status status,

        @Schema(description = "Why nobody was notified, or not yet; null when somebody was", examples = "CATEGORY_OFF")
        @Nullable
        Reason reason,

        @Nullable String detail,

        @Schema(description = "The earlier notification with the same business key") @Nullable
        String duplicateOf,

        @Schema(
                description = "event-sourced or api-driven",
                examples = "api-driven",
                enumeration = {"event-sourced", "api-driven"})
        String door,

        @Schema(examples = "order/ord-001/shipped") @Nullable
        String businessKey,

        @Nullable String correlationId,

        @Schema(description = "The event that led to it") @Nullable
        String eventId,

        @Schema(description = "The rule that decided") @Nullable
        String ruleId,

        @Schema(
                description = "The version of the templates that made the text; null when nobody was notified",
                examples = "v3")
        @Nullable
        String templateVersion,

        @Schema(description = "The language of the text; null when nobody was notified", examples = "de") @Nullable
        String locale,

        @Schema(description = "UTC") Instant createdAt,
        List<DeliveryView> deliveries) {

    /** One channel of it. */
    @RegisterForReflection
    @Schema(name = "Delivery")
    public record DeliveryView(
            @JsonIgnore @Nullable String id,
            @Schema(examples = "email") String channel,

            @Schema(examples = "alice@example.com") @Nullable
            String recipient,

            Status status,

            @Schema(description = "Why this channel was skipped, held or failed permanently", examples = "NO_ADDRESS")
            @Nullable
            String reason,

            @Nullable String detail,

            @Schema(description = "With deferred: when it is evaluated again; UTC") @Nullable
            Instant notBefore,

            @JsonIgnore @Nullable String subject,
            @JsonIgnore @Nullable String body,
            List<AttemptView> attempts) {}

    /** One attempt: {@code outcome} is sent, retry, dead, expired or unknown. */
    @RegisterForReflection
    @Schema(name = "Attempt")
    public record AttemptView(
            @Schema(examples = "1") int number,
            @Schema(examples = "mock") String provider,

            @Schema(
                    description = "Its result",
                    examples = "sent",
                    enumeration = {"sent", "retry", "dead", "expired", "unknown"})
            String outcome,

            @Nullable String failure,
            @Nullable String detail,
            @Nullable String providerMessageId,

            @Schema(
                    description =
                            "Of a text message: the number of messages as the operator counts them; null on other channels",
                    examples = "1")
            @Nullable
            Integer segments,

            Instant startedAt,
            Instant endedAt) {}
}
