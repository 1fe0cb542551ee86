package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.ruleset.RuleNotThen;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
        List<OfRule> rules,

        @Schema(description = "Rules there are now that listen to the type and were switched off, or not there, then")
        List<RuleNotThen> rulesNotThen) {

    /** The same with the rules that were not in force then; those that were asked were. */
    Explanation with(List<RuleNotThen> notThen) {
        var asked = rules.stream().map(OfRule::ruleId).collect(Collectors.toSet());
        return new Explanation(
                eventId,
                eventType,
                recordedAt,
                customerId,
                answered,
                summary,
                rules,
                notThen.stream().filter(one -> !asked.contains(one.ruleId())).toList());
    }

    /** Only what rules for one notification type say; null if none of them was asked. */
    @Nullable
    Explanation only(Predicate<String> ruleIds) {
        var some = rules.stream().filter(rule -> ruleIds.test(rule.ruleId())).toList();
        return some.isEmpty()
                ? null
                : new Explanation(
                        eventId,
                        eventType,
                        recordedAt,
                        customerId,
                        answered,
                        some.stream().map(OfRule::said).collect(Collectors.joining(" ")),
                        some,
                        List.of());
    }

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
            String notificationId,

            @Schema(description = "With not-told: what would have had to be otherwise") @Nullable
            WouldHaveChangedIt wouldHaveChangedIt) {

        OfRule with(WouldHaveChangedIt change) {
            return new OfRule(
                    ruleId, ruleVersion, description, verdict, reason, sentence, gates, notificationId, change);
        }

        /** The gate that said no; null if none did. */
        @Nullable
        GateResult refusal() {
            var last = gates.isEmpty() ? null : gates.get(gates.size() - 1);
            return last == null || last.passed() ? null : last;
        }

        /** As a sentence that names the rule. */
        String said() {
            return (description.isBlank() ? ruleId : description.replaceAll("\\.$", "")) + ": " + sentence;
        }
    }
}
