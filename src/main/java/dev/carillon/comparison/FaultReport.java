package dev.carillon.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.comparison.FaultOutcome.CustomerCount;
import dev.carillon.comparison.StageRun.Telling;
import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A story with each fault: what each door did, with and without remedies. */
@RegisterForReflection
@Schema(description = "What each style does when things break.")
record FaultReport(@Schema(examples = "price-drop-alert") String scenario, String summary, List<FaultLine> faults) {

    /** One fault. */
    @RegisterForReflection
    record FaultLine(
            @Schema(implementation = String.class, examples = "caller-dies")
            StoryFault fault,

            @Schema(description = "What breaks") String title,

            @Schema(description = "How it is made to happen")
            String how,

            @Schema(description = "Why it was not tried with this story; left out where it was")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String notTried,

            List<FaultRun> runs) {

        static FaultLine of(StoryFault fault, @Nullable String notTried, List<FaultRun> runs) {
            return new FaultLine(fault, fault.title(), fault.done(), notTried, runs);
        }
    }

    /** One door with one remedy. */
    @RegisterForReflection
    record FaultRun(
            @JsonIgnore StoryFault fault,

            @Schema(implementation = String.class, examples = "api-driven")
            Approach door,

            @Schema(implementation = String.class, examples = "outbox")
            Remedy remedy,

            @Schema(description = "Expected, and not sent") CustomerCount missed,

            @Schema(description = "Sent more often than expected")
            CustomerCount twice,

            @Schema(description = "Sent and not expected, or with other words")
            CustomerCount wrong,

            @Schema(description = "Sent only when what had broken was whole again")
            CustomerCount late,

            @Schema(description = "What happened, in a sentence or a few")
            String why) {

        static FaultRun of(Telling telling, RunReport report) {
            var verdict = Objects.requireNonNull(report.verdict());
            return new FaultRun(
                    Objects.requireNonNull(telling.fault()),
                    telling.approach(),
                    telling.remedy(),
                    verdict.missed(),
                    verdict.twice(),
                    verdict.wrong(),
                    verdict.late(),
                    why(verdict));
        }

        private static String why(FaultOutcome verdict) {
            var sentences = new ArrayList<String>();
            verdict.happened().forEach(one -> sentences.add(sentence(one)));
            sentences.add(
                    !verdict.isWhole()
                            ? outcome(verdict)
                            : verdict.late().messages() > 0
                                    ? "Everybody was notified once, later."
                                    : "Everybody was notified once, in time.");
            return String.join(" ", sentences);
        }

        private static String outcome(FaultOutcome verdict) {
            var parts = new ArrayList<String>();
            add(parts, verdict.missed(), "not notified: ");
            add(parts, verdict.twice(), "notified twice: ");
            add(parts, verdict.wrong(), "notified wrongly: ");
            return sentence(String.join("; ", parts));
        }

        private static void add(List<String> parts, CustomerCount count, String what) {
            if (count.messages() > 0) {
                parts.add(what + String.join(", ", count.customers()));
            }
        }

        private static String sentence(String words) {
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
        }
    }
}
