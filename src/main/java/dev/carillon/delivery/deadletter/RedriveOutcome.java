package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.deadletter.PgDeadLetters.Became;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of the deliveries of a redrive. */
@RegisterForReflection
@Schema(description = "A redrive, and what became of its deliveries so far.")
public record RedriveOutcome(
        Redrive redrive,

        @Schema(description = "How many were sent", examples = "474")
        int sent,

        @Schema(description = "How many are dead letters again", examples = "2")
        int failedAgain,

        @Schema(description = "How many wait or are on their way", examples = "1")
        int waiting,

        @Schema(
                description = "How many are not sent any more: refused by the evaluation, expired or cancelled",
                examples = "3")
        int notSent,

        @Schema(
                description = "Reason → how many that were not sent, failed again or wait have it",
                examples = "{\"ADDRESS_SUPPRESSED\": 2}")
        Map<String, Integer> reasons) {

    private static final Set<String> SENT = Set.of("SENT", "DELIVERED", "BOUNCED", "COMPLAINED");
    private static final Set<String> NOT_SENT = Set.of("SUPPRESSED", "EXPIRED", "CANCELLED");
    private static final String DEAD = "DEAD_LETTERED";

    static RedriveOutcome of(Redrive redrive, List<Became> became) {
        int sent = count(became, SENT::contains);
        int dead = count(became, DEAD::equals);
        int notSent = count(became, NOT_SENT::contains);
        var reasons = new TreeMap<String, Integer>();
        became.stream()
                .filter(one -> one.reason() != null && !SENT.contains(one.status()))
                .forEach(one -> reasons.merge(String.valueOf(one.reason()), one.count(), Integer::sum));
        return new RedriveOutcome(
                redrive, sent, dead, count(became, status -> true) - sent - dead - notSent, notSent, reasons);
    }

    private static int count(List<Became> became, Predicate<String> status) {
        return became.stream()
                .filter(one -> status.test(one.status()))
                .mapToInt(Became::count)
                .sum();
    }
}
