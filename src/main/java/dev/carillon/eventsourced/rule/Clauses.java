package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.CollectClause.Timeout;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compiled clauses of a rule, in the order of its gates.
 *
 * @param absence excludes {@code delay} and {@code digest}, and so does each of them the other two
 * @param recheck whether the conditions are asked again when a delay or an absence ends
 * @param once the business key of the fact that is notified about once
 */
record Clauses(
        @Nullable CollectClause collect,
        @Nullable Condition when,
        @Nullable Correlation after,
        AudienceClause audience,
        @Nullable Condition where,
        @Nullable Duration expires,
        @Nullable Correlation absence,
        @Nullable Duration delay,
        @Nullable DigestClause digest,
        boolean recheck,
        @Nullable TextTemplate once,
        @Nullable ThrottleClause throttle,
        NotifyClause notification) {

    /** The facts to load before anything can be decided. */
    Set<Fact> facts() {
        Set<ScopeVariable> loads = EnumSet.noneOf(ScopeVariable.class);
        loads.addAll(notification.loads());
        if (collect != null) {
            loads.addAll(collect.loads());
        }
        if (when != null) {
            loads.addAll(when.loads());
        }
        if (where != null) {
            loads.addAll(where.loads());
        }
        if (digest != null) {
            loads.addAll(digest.loads());
        }
        if (once != null) {
            loads.addAll(once.loads());
        }
        if (throttle != null) {
            loads.addAll(throttle.loads());
        }
        Set<Fact> facts = EnumSet.noneOf(Fact.class);
        loads.forEach(variable -> variable.fact().ifPresent(facts::add));
        return Set.copyOf(facts);
    }

    @Nullable
    Timeout timeout() {
        return collect == null ? null : collect.timeout();
    }
}
