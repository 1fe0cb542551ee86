package dev.carillon.eventsourced.rule;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What delays a rule's yes: at most one of {@code delay}, {@code absence} and {@code digest}.
 *
 * @param recheck whether the conditions are asked again when a delay or an absence ends
 */
record Waiting(
        @Nullable Correlation absence,
        @Nullable Delay delay,
        @Nullable DigestClause digest,
        boolean recheck) {

    private static final List<String> KINDS = List.of("absence", "delay", "digest");

    static Waiting read(Section rule, Expressions expressions, Set<ScopeVariable> available) {
        List<String> present = KINDS.stream().filter(rule::has).toList();
        if (present.size() > 1) {
            throw rule.problem(present.get(1), rule.at(present.get(1)), "does not go with " + present.get(0));
        }
        if (rule.has("recheck") && (present.isEmpty() || present.contains("digest"))) {
            throw rule.problem("recheck", rule.at("recheck"), "needs a delay or an absence");
        }
        return new Waiting(
                rule.has("absence") ? Correlation.absence(rule, expressions) : null,
                rule.has("delay") ? Delay.read(rule) : null,
                rule.has("digest") ? DigestClause.read(rule, expressions, available) : null,
                rule.flag("recheck", false));
    }

    /** How long it holds a decision back, or null if that depends on what else happens. */
    @Nullable
    Duration length() {
        return absence != null ? absence.length() : delay != null ? delay.length() : null;
    }
}
