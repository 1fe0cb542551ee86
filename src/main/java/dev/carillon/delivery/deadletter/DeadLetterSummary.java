package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many dead letters there are, by what they have in common. */
@RegisterForReflection
@Schema(description = "How many dead letters match, by what they have in common. The newest 100,000 are counted.")
public record DeadLetterSummary(
        @Schema(description = "How many match", examples = "500")
        int count,

        @Schema(description = "How many of these have expired", examples = "20")
        int expired,

        @Schema(description = "Whether there are more than were counted", examples = "false")
        boolean more,

        @Schema(description = "By failure, channel, provider and type, the largest first; at most 500")
        List<Group> groups,

        @Schema(description = "By failure and what the provider answered, the largest first; at most 50")
        List<CauseCount> causes) {

    /** Dead letters with the same failure, channel, provider and type. */
    @RegisterForReflection
    @Schema(name = "DeadLetterGroup", description = "Dead letters with the same failure, channel, provider and type.")
    public record Group(
            FailureKind failure,
            @Schema(examples = "email") String channel,

            @Schema(description = "Who tried them last", examples = "sendgrid")
            String provider,

            @Schema(description = "The notification type; null for status events", examples = "ORDER_SHIPPED") @Nullable
            String type,

            @Schema(examples = "480") int count,

            @Schema(description = "Of these, expired", examples = "20")
            int expired,

            @Schema(description = "UTC") Instant oldestAt,
            @Schema(description = "UTC") Instant newestAt) {}

    /** Dead letters with the same failure and answer. */
    @RegisterForReflection
    @Schema(name = "DeadLetterCause", description = "Dead letters with the same failure and answer.")
    public record CauseCount(
            FailureKind failure,

            @Schema(description = "What the provider answered", examples = "HTTP 503")
            String detail,

            @Schema(examples = "480") int count) {}
}
