package dev.carillon.eventsourced.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.BacktestReceipt.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

        Samples samples) {

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
