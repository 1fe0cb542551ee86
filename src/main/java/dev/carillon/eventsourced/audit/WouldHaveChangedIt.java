package dev.carillon.eventsourced.audit;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What would have had to be otherwise for the customer to be told, found by asking the gates again. */
@RegisterForReflection
@Schema(
        name = "WouldHaveChangedIt",
        description =
                "What would have had to be otherwise for the customer to be told, found by asking the gates again.")
record WouldHaveChangedIt(
        @Schema(description = "One for each gate that would have said no, in the order in which they were found")
        List<Otherwise> changes,

        @Schema(
                description =
                        "What it would have come to with all of these: told, waiting, or not-told where another gate cannot be changed",
                examples = "told",
                enumeration = {"told", "waiting", "not-told"})
        String verdict,

        @Schema(description = "On which channels it would have been sent", examples = "[\"email\"]")
        List<String> channels,

        @Schema(description = "The gate that would have said no all the same; null where none would") @Nullable
        GateResult stillRefusedBy,

        @Schema(
                description = "As a sentence",
                examples = "If the customer had wanted these messages, the message would have been sent by email.")
        String sentence) {

    /** One gate that said no, and what would have let it pass. */
    @RegisterForReflection
    @Schema(name = "Otherwise", description = "A gate that said no, and what would have let it pass.")
    record Otherwise(
            @Schema(implementation = String.class, examples = "preference")
            Gate gate,

            @Schema(examples = "CATEGORY_OFF") Reason reason,

            @Schema(
                    description = "What would have let it pass, behind an \"if\"",
                    examples = "the customer had wanted these messages (email off by customer's channel)")
            String change) {}

    static WouldHaveChangedIt of(
            List<Otherwise> changes, List<String> channels, boolean waits, @Nullable GateResult refusal) {
        var verdict = refusal != null ? "not-told" : waits ? "waiting" : "told";
        return new WouldHaveChangedIt(changes, verdict, channels, refusal, sentence(changes, channels, waits, refusal));
    }

    private static String sentence(
            List<Otherwise> changes, List<String> channels, boolean waits, @Nullable GateResult refusal) {
        var conditions =
                String.join(", and ", changes.stream().map(Otherwise::change).toList());
        var then = refusal != null
                ? "it would still not have been sent: " + String.valueOf(sentenceOf(refusal))
                : waits
                        ? "the message would have been decided or sent later."
                        : "the message would have been sent by " + String.join(" and ", channels) + ".";
        return changes.isEmpty()
                ? "Nothing about the customer or the event would have changed it: " + sentenceOf(refusal)
                : "If " + conditions + ", " + then;
    }

    private static @Nullable String sentenceOf(@Nullable GateResult refusal) {
        return refusal == null || refusal.reason() == null
                ? null
                : refusal.reason().sentence();
    }
}
