package dev.carillon.eventsourced.audit;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why an event led to a notification or did not: rule by rule, gate by gate. */
@RegisterForReflection
@Schema(
        name = "Explanation",
        description = "Why somebody was or was not notified of an event: rule by rule, gate by gate.")
record Explanation(
        @Schema(examples = "evt-001") String eventId,
        @Schema(examples = "pricing.price-changed") String eventType,
        @Schema(description = "When it was recorded, UTC") Instant recordedAt,
        @Schema(examples = "cust-003") String customerId,

        @Schema(description = "Whether every rule that listens has decided")
        boolean answered,

        @Schema(description = "As a sentence", examples = "Not told.")
        String summary,

        @Schema(description = "Every rule that listens to the type, as it was then")
        List<OfRule> rules) {

    /** One rule's part of the explanation. */
    @RegisterForReflection
    @Schema(name = "RuleExplanation")
    record OfRule(
            @Schema(examples = "price-drop-alert") String ruleId,

            @Schema(description = "The version that decided", examples = "3f0a9c21b7de")
            String ruleVersion,

            @Schema(description = "The author's description")
            String description,

            @Schema(description = "told, not-told, waiting, digested or pending", examples = "not-told")
            String verdict,

            @Schema(description = "Why not; null with told", examples = "NOT_IN_AUDIENCE") @Nullable
            Reason reason,

            @Schema(description = "As a sentence") String sentence,

            @Schema(description = "Every gate in order; the last one is the verdict")
            List<GateResult> gates,

            @Schema(description = "The notification it became, also where that was suppressed") @Nullable
            String notificationId) {}
}
