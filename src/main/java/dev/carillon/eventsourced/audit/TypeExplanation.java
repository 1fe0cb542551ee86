package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.ruleset.RuleNotThen;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a customer was or was not notified of a kind of thing around a time: event by event, and call by call. */
@RegisterForReflection
@Schema(
        name = "TypeExplanation",
        description =
                "Why a customer was or was not notified of a kind of thing around a time: event by event, call by call.")
record TypeExplanation(
        @Schema(examples = "PRICE_DROP_ALERT") String notificationType,
        @Schema(examples = "cust-003") String customerId,

        @Schema(description = "From when on events and calls were looked at, UTC")
        Instant from,

        @Schema(description = "Until when, UTC") Instant to,

        @Schema(
                description =
                        "told if anything told them, waiting if something may yet; never-asked where nothing happened",
                examples = "not-told",
                enumeration = {"told", "waiting", "not-told", "never-asked"})
        String verdict,

        @Schema(description = "As sentences, for reading out")
        String summary,

        @Schema(
                description =
                        "The events around the time that a rule for the type listens to, the nearest first, with these rules' gates; at most ten")
        List<Explanation> events,

        @Schema(description = "What callers asked for around the time, newest first; at most twenty")
        List<CallExplanation> calls,

        @Schema(description = "Rules for the type there are now that were switched off, or not there, at the time")
        List<RuleNotThen> rulesNotThen) {

    /** A caller's request to notify the customer. */
    @RegisterForReflection
    @Schema(name = "CallExplanation", description = "A caller's request to notify the customer, and what became of it.")
    record CallExplanation(
            @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String trackingId,

            @Schema(description = "UTC") Instant createdAt,

            @Schema(description = "told, not-told or waiting", examples = "not-told")
            String verdict,

            @Schema(examples = "CATEGORY_OFF") @Nullable Reason reason,

            @Schema(description = "As a sentence") String sentence) {

        static CallExplanation of(NotificationView call) {
            var reason = call.reason();
            return new CallExplanation(
                    call.trackingId(),
                    call.createdAt(),
                    switch (call.status()) {
                        case SUPPRESSED, CANCELLED, EXPIRED -> "not-told";
                        case DEFERRED -> "waiting";
                        default -> "told";
                    },
                    reason,
                    reason != null ? reason.sentence() : "The customer was sent this message.");
        }
    }
}
