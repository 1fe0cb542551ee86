package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a notification is sent or is not: its decisions with their gates, and what became of each channel. */
@RegisterForReflection
@Schema(
        name = "NotificationDecisions",
        description = "Why a notification is sent or is not: its decisions with their gates, and each channel.")
record NotificationDecisions(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(examples = "ORDER_SHIPPED") String type,
        @Schema(examples = "cust-001") String customerId,

        @Schema(
                examples = "api-driven",
                enumeration = {"event-sourced", "api-driven"})
        String door,

        @Schema(description = "told, not-told or waiting, as it stands now", examples = "not-told")
        String verdict,

        @Schema(description = "Why not, or not yet", examples = "CATEGORY_OFF") @Nullable
        Reason reason,

        @Schema(description = "As a sentence", examples = "This category of messages is switched off.")
        String sentence,

        @Schema(description = "Each channel, and the gate at which it was left out")
        List<ChannelOutcome> channels,

        @Schema(description = "The first one, and what was decided later: of what was held, cancelled or gathered")
        List<DecisionView> decisions,

        @Schema(description = "Where the next page of decisions begins; null on the last") @Nullable
        String next)
        implements Paged {

    /** One channel of a notification. */
    @RegisterForReflection
    @Schema(
            name = "ChannelOutcome",
            description = "One channel of a notification, and the gate at which it was left out.")
    record ChannelOutcome(
            @Schema(examples = "sms") String channel,
            Status status,

            @Schema(
                    description = "The gate that left it out; null where it was not",
                    implementation = String.class,
                    examples = "address")
            @Nullable
            Gate gate,

            @Schema(description = "Why nothing is sent on it, or not yet", examples = "NO_ADDRESS") @Nullable
            Reason reason,

            @Schema(description = "As a sentence") @Nullable String sentence,

            @Schema(description = "What it was based on", examples = "no address for sms") @Nullable
            String detail) {

        static ChannelOutcome of(NotificationView.DeliveryView delivery) {
            var reason = delivery.reason() == null ? null : Reason.valueOf(delivery.reason());
            return new ChannelOutcome(
                    delivery.channel(),
                    delivery.status(),
                    reason == null ? null : gateOf(reason),
                    reason,
                    reason == null ? null : reason.sentence(),
                    delivery.detail());
        }
    }

    static NotificationDecisions of(NotificationView notification, List<DecisionView> oneMore, int limit) {
        var page = oneMore.size() > limit ? oneMore.subList(0, limit) : oneMore;
        var reason = notification.reason();
        return new NotificationDecisions(
                notification.trackingId(),
                notification.type(),
                notification.customerId(),
                notification.door(),
                verdict(notification),
                reason,
                reason != null ? reason.sentence() : said(notification.status()),
                notification.deliveries().stream().map(ChannelOutcome::of).collect(Collectors.toList()),
                page,
                oneMore.size() > limit ? page.get(limit - 1).id() : null);
    }

    private static String verdict(NotificationView notification) {
        return switch (notification.status()) {
            case SUPPRESSED, CANCELLED, EXPIRED -> "not-told";
            case DEFERRED -> "waiting";
            default -> "told";
        };
    }

    private static String said(Status status) {
        return switch (status) {
            case SENT -> "The message was sent.";
            case DELIVERED -> "The message was delivered.";
            case BOUNCED -> "The message was sent, but could not be delivered.";
            case COMPLAINED -> "The message arrived, and the customer called it spam.";
            case DEAD_LETTERED -> "The message could not be sent.";
            case DEFERRED -> "The message is sent later.";
            case QUEUED, SENDING, RETRYING -> "The message is on its way.";
            case SUPPRESSED, CANCELLED, EXPIRED -> "The message was not sent.";
        };
    }

    /** The gate of the pipeline at which a channel ends for this reason; null where it ended on its way. */
    private static @Nullable Gate gateOf(Reason reason) {
        return switch (reason) {
            case UNSUBSCRIBED, CATEGORY_OFF, ADDRESS_SUPPRESSED -> Gate.PREFERENCE;
            case NO_ADDRESS, NO_PROVIDER -> Gate.ADDRESS;
            case FREQUENCY_CAPPED -> Gate.FREQUENCY_CAP;
            case TEMPLATE_MISSING, VARIABLE_MISSING -> Gate.TEMPLATE;
            case QUIET_HOURS -> Gate.QUIET_HOURS;
            case EXPIRED -> Gate.EXPIRES;
            case CANCELLED -> Gate.CANCEL;
            default -> null;
        };
    }
}
