package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One recorded decision: its gates in order. The last gate is the verdict. */
@RegisterForReflection
@Schema(name = "Decision", description = "One decision: its gates in order, of which the last is the verdict.")
public record DecisionView(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "UTC") Instant decidedAt,

        @Schema(description = "The rule that decided; null where a caller did", examples = "order-shipped") @Nullable
        String ruleId,

        @Schema(description = "The rule's version at that time") @Nullable
        String ruleVersion,

        @Schema(description = "The customer; null where none was looked at", examples = "cust-001") @Nullable
        String customerId,

        @Schema(description = "notify, suppress, ignore, or defer and digest for what waits", examples = "notify")
        String verdict,

        @Schema(
                description = "Why nobody was notified; null when somebody was or may yet be",
                examples = "CONDITION_FALSE")
        @Nullable
        Reason reason,

        @Schema(description = "The reason as a sentence") @Nullable
        String sentence,

        @Schema(description = "The data it was based on") @Nullable
        String detail,

        @Schema(description = "Every gate in order") List<GateResult> gates,

        @Schema(description = "The notification it became, also where that was suppressed") @Nullable
        String notificationId) {}
