package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.CollectClause.Timeout;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compiled clauses of a rule, in the order of its gates.
 *
 * @param absence excludes {@code delay} and {@code digest}, and so does each of them the other two
 * @param recheck whether the conditions are asked again when a delay or an absence ends
 * @param once the business key of the fact that is notified about once
 * @param facts to load before anything can be decided
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
        NotifyClause notification,
        Set<Fact> facts) {

    @Nullable
    Timeout timeout() {
        return collect == null ? null : collect.timeout();
    }
}
