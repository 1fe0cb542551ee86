package dev.carillon.delivery.deadletter;

import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.rest.TimeRangeQuery;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Selects the dead letters to redrive: all that match every given field, oldest delivery first. */
@RegisterForReflection
@Schema(description = "Which dead letters are redriven: all that match every given field.")
public record RedriveRequest(
        @Schema(description = "The channel", examples = "email") @Nullable
        String channel,

        @Schema(description = "The kind of failure they were dead-lettered for", examples = "PROVIDER_ERROR") @Nullable
        String failure,

        @Schema(description = "Exactly what the provider answered", examples = "HTTP 503") @Nullable
        String detail,

        @Schema(description = "Who tried it last", examples = "sendgrid") @Nullable
        String provider,

        @Schema(description = "The notification type", examples = "ORDER_SHIPPED") @Nullable
        String type,

        @Schema(
                description = "Dead-lettered at this time or later; UTC",
                format = "date-time",
                examples = "2026-11-21T00:00:00Z")
        @Nullable
        String from,

        @Schema(
                description = "Dead-lettered before this time; UTC",
                format = "date-time",
                examples = "2026-11-22T00:00:00Z")
        @Nullable
        String to,

        @Schema(description = "The most in this call, 1 to 1,000; 500 by default", examples = "500") @Nullable
        Integer limit,

        @Schema(
                description = "Whether only to say what a redrive would do now, and do nothing; false by default",
                examples = "false")
        @Nullable
        Boolean dryRun) {

    DeadLetterFilter filter(QueryCheck check) {
        return new DeadLetterQuery(channel, failure, detail, provider, type)
                .filter(check, new TimeRangeQuery(from, to));
    }

    int limit(QueryCheck check) {
        return check.limit(
                limit == null ? null : limit.toString(), DeadLetterQuery.USUAL, DeadLetterQuery.MOST_AT_ONCE);
    }
}
