package dev.carillon.eventsourced.rule;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The compiled clauses of a rule, in the order of its gates. */
record Clauses(
        @Nullable CollectClause collect,
        @Nullable Condition when,
        @Nullable Correlation after,
        AudienceClause audience,
        @Nullable Condition where,
        @Nullable Duration expires,
        Waiting waiting,
        @Nullable OnceClause once,
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
        if (waiting.digest() != null) {
            loads.addAll(waiting.digest().loads());
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
