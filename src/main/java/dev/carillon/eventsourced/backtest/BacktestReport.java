package dev.carillon.eventsourced.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.BacktestReceipt.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The result of a backtest: what would have been different. */
@RegisterForReflection
@Schema(name = "BacktestReport", description = "The differences to what was sent.")
record BacktestReport(
        @Schema(description = "Whether nothing differs: the same messages, at the same times, with the same texts")
        boolean empty,

        @Schema(description = "Messages then, and with the candidate rules")
        BacktestCount told,

        @Schema(description = "Messages only the candidate rules lead to", examples = "3")
        int added,

        @Schema(description = "Messages they no longer lead to", examples = "1")
        int removed,

        @Schema(description = "Messages at another time", examples = "0")
        int movedInTime,

        @Schema(description = "Messages with another text", examples = "2")
        int changedText,

        @Schema(description = "Reason code → how often it kept somebody from being notified")
        Map<String, BacktestCount> reasons,

        Samples samples,

        @Schema(
                description =
                        "What each rule that was run had to do with, in their order: a rule that never fires has seen no event, or its condition never held")
        List<RuleCoverage> coverage) {

    BacktestReport with(List<RuleCoverage> coverage) {
        return new BacktestReport(
                empty, told, added, removed, movedInTime, changedText, reasons, samples, List.copyOf(coverage));
    }

    /** How much of the stretch a rule had to do with. */
    @RegisterForReflection
    @Schema(name = "BacktestCoverage", description = "What one rule had to do with in the stretch.")
    record RuleCoverage(
            @Schema(examples = "price-drop-alert") String ruleId,

            @Schema(description = "Whether it is switched on; else it has heard nothing", examples = "true")
            boolean enabled,

            @Schema(
                    description = "Event type, as under `on` → events of it in the stretch",
                    examples = "{\"pricing.price-changed\": 310}")
            Map<String, Integer> events,

            @Schema(description = "How many of these met `when`", examples = "12")
            int passed,

            @Schema(description = "How often it looked at a customer", examples = "40")
            int customers,

            @Schema(
                    description = "Messages it leads to at once; what waits for its time is not among them",
                    examples = "9")
            int told,

            @Schema(
                    description = "Why the others did not meet `when` → how many",
                    examples = "{\"event.data.newPrice < event.data.oldPrice is false\": 298}")
            Map<String, Integer> refused,

            @Schema(
                    description = "The same in a sentence",
                    examples =
                            "Of 310 events of pricing.price-changed 12 met the condition; 40 customers were looked at, 9 would be told at once.")
            String sentence) {

        static RuleCoverage of(
                String ruleId,
                boolean enabled,
                Map<String, Integer> events,
                int passed,
                int customers,
                int told,
                Map<String, Integer> refused) {
            return new RuleCoverage(
                    ruleId,
                    enabled,
                    events,
                    passed,
                    customers,
                    told,
                    refused,
                    sentence(enabled, events, passed, customers, told, refused));
        }

        private static String sentence(
                boolean enabled,
                Map<String, Integer> events,
                int passed,
                int customers,
                int told,
                Map<String, Integer> refused) {
            var types = events.keySet().stream().sorted().collect(Collectors.joining(" or "));
            var seen = events.values().stream().mapToInt(times -> times).sum();
            if (!enabled) {
                return "The rule is switched off, so it heard nothing.";
            }
            if (seen == 0) {
                return "There was no event of " + types + " in this stretch, so it says nothing about the rule.";
            }
            var heard = (seen == 1 ? "1 event" : seen + " events") + " of " + types;
            if (passed == 0) {
                return "None of " + heard + " met the condition: " + mostOften(refused) + ".";
            }
            return "Of " + heard + " " + passed + " met the condition; " + customers
                    + (customers == 1 ? " customer was" : " customers were") + " looked at, " + told
                    + " would be told at once.";
        }

        private static String mostOften(Map<String, Integer> refused) {
            return refused.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(most -> most.getKey() + " (" + most.getValue() + ")")
                    .orElse("for no reason");
        }
    }

    /** The counts then, and with the rules under test. */
    @RegisterForReflection
    @Schema(name = "BacktestCount")
    record BacktestCount(
            @Schema(examples = "40") int then,
            @Schema(examples = "42") int now) {}

    /** Sample differences of each kind. */
    @RegisterForReflection
    @Schema(name = "BacktestSamples")
    record Samples(
            List<Sample> added,
            List<Sample> removed,
            List<Sample> movedInTime,
            List<Sample> changedText,

            @Schema(
                    description = "Says that texts are left out, where the samples hold too much",
                    examples = "the texts of some samples are left out: together they may have 400000 characters")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String note) {}

    /** One message, before and after; texts are by channel. */
    @RegisterForReflection
    @Schema(name = "BacktestSample")
    record Sample(
            @Schema(examples = "evt-001") String eventId,
            @Schema(examples = "price-drop-alert") String ruleId,
            @Schema(examples = "cust-001") @Nullable String customerId,

            @Schema(description = "When it was sent, after quiet hours where it was held; UTC") @Nullable
            Instant then,

            @Schema(description = "When it would have been sent; UTC") @Nullable
            Instant now,

            @Nullable Map<String, Words> wordsThen,
            @Nullable Map<String, Words> wordsNow) {

        static Sample of(@Nullable BacktestMessage was, @Nullable BacktestMessage is) {
            var one = Objects.requireNonNull(was == null ? is : was).decision();
            return new Sample(
                    one.event().eventId(),
                    one.ruleId(),
                    one.customerId(),
                    was == null ? null : was.decision().sentAt(),
                    is == null ? null : is.decision().sentAt(),
                    was == null ? null : was.words(),
                    is == null ? null : is.words());
        }

        boolean lacksWords() {
            return then != null && wordsThen == null || now != null && wordsNow == null;
        }
    }
}
