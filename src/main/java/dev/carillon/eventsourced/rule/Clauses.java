package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.CollectClause.Timeout;
import dev.carillon.notification.decision.Gate;
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

    /** The same without what a gate asks for; null for a gate that none of these is behind. */
    @Nullable
    Clauses without(Gate gate, String customerId) {
        return switch (gate) {
            case WHEN -> when == null ? null : with(null, after, audience, where, expires);
            case AFTER -> after == null ? null : with(when, null, audience, where, expires);
            case AUDIENCE -> with(when, after, AudienceClause.only(customerId), where, expires);
            case WHERE -> where == null ? null : with(when, after, audience, null, expires);
            case EXPIRES -> expires == null ? null : with(when, after, audience, where, null);
            default -> null;
        };
    }

    private Clauses with(
            @Nullable Condition when,
            @Nullable Correlation after,
            AudienceClause audience,
            @Nullable Condition where,
            @Nullable Duration expires) {
        return new Clauses(
                collect,
                when,
                after,
                audience,
                where,
                expires,
                absence,
                delay,
                digest,
                recheck,
                once,
                throttle,
                notification,
                facts);
    }

    @Nullable
    Timeout timeout() {
        return collect == null ? null : collect.timeout();
    }
}
