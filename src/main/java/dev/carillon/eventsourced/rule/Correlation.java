package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another event of the same customer that counts: with {@code after} the one that the rule's event must follow, with
 * {@code absence} the one that must not follow it. The times of the events count, not of their arrival.
 *
 * <p>The caller finds the other event.
 *
 * @param before whether the other event comes first
 * @param events the types of the other event
 * @param length how far the two may be apart
 * @param when   what must hold of the other event
 * @param by     what both must agree on, besides the customer
 */
public record Correlation(
        boolean before,
        List<String> events,
        Duration length,
        @Nullable Expression when,
        @Nullable Expression by) {

    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);
    private static final Set<ScopeVariable> BOTH = EnumSet.of(ScopeVariable.EVENT, ScopeVariable.EARLIER);

    static Correlation after(Section after) {
        return read(after, "within", true, after.expressionOrNull("when", BOTH, ResultType.BOOL));
    }

    static Correlation absence(Section absence) {
        Section ofOther = absence.about(EventPattern.of(absence.texts("event")));
        return read(absence, "for", false, ofOther.expressionOrNull("when", EVENT, ResultType.BOOL));
    }

    private static Correlation read(Section clause, String length, boolean before, @Nullable Expression when) {
        List<String> events = clause.texts("event").stream().distinct().toList();
        Section ofBoth = clause.alsoAbout(EventPattern.of(events));
        return new Correlation(
                before, events, clause.duration(length), when, ofBoth.expressionOrNull("by", EVENT, ResultType.SCALAR));
    }

    /** The earliest time the other event may have. */
    public Instant since(RuleEvent event) {
        return before ? event.time().minus(length) : event.time();
    }

    /** The latest time the other event may have; one that must not follow is no longer in time at that very time. */
    public Instant until(RuleEvent event) {
        return before ? event.time() : event.time().plus(length);
    }

    /** Whether any event of the types counts that was there in time, whatever is in it. */
    public boolean takesAny() {
        return before && when == null && by == null;
    }

    /** Whether the other event is one that counts for the rule's event. */
    public boolean pairs(RuleEvent event, RuleEvent other) {
        return new Pairing(this).pairs(event, other);
    }

    private boolean pairs(RuleEvent event, RuleEvent other, Budget budget) {
        return events.contains(other.type())
                && !other.time().isBefore(since(event))
                && (other.time().isBefore(until(event))
                        || before && other.time().equals(until(event)))
                && event.subject() != null
                && event.subject().equals(other.subject())
                && !event.isSameAs(other)
                && agree(event, other, budget)
                && holds(event, other, budget);
    }

    private boolean agree(RuleEvent event, RuleEvent other, Budget budget) {
        if (by == null) {
            return true;
        }
        ExpressionResult one = by.scalar(Scope.of(event, Facts.none(), budget));
        ExpressionResult two = by.scalar(Scope.of(other, Facts.none(), budget));
        return one.value() != null && one.value().equals(two.value());
    }

    private boolean holds(RuleEvent event, RuleEvent other, Budget budget) {
        Scope scope = before
                ? Scope.of(event, Facts.none().withEarlier(other), budget)
                : Scope.of(other, Facts.none(), budget);
        return when == null || Boolean.TRUE.equals(when.value(scope).value());
    }

    /** The gate of {@code after}. */
    GateResult followed(Scope scope) {
        RuleEvent earlier = scope.facts().earlier();
        return earlier != null && pairs(scope.event(), earlier, scope.budget())
                ? GateResult.passed(Gate.AFTER, earlier.type() + " at " + earlier.time())
                : GateResult.refused(
                        Gate.AFTER,
                        Reason.AWAITING_CORRELATION,
                        String.join(" or ", events) + " within " + length + " has not been heard");
    }

    /** The gate of {@code absence}, when its time is over. */
    GateResult missed(Scope scope, @Nullable RuleEvent ended) {
        return ended == null || !pairs(scope.event(), ended, scope.budget())
                ? GateResult.passed(Gate.ABSENCE, String.join(" or ", events) + " was not heard within " + length)
                : GateResult.refused(Gate.ABSENCE, Reason.CONDITION_FALSE, ended.type() + " was heard");
    }

    /**
     * Many checks that together may cost no more than one evaluation. A check that costs too much counts as a yes,
     * because the rule's gate checks again and reports it. Not thread-safe.
     */
    public static final class Pairing {

        private final Correlation correlation;
        private final Budget budget = new Budget(Budget.ANSWER);

        public Pairing(Correlation correlation) {
            this.correlation = correlation;
        }

        public boolean pairs(RuleEvent event, RuleEvent other) {
            try {
                return correlation.pairs(event, other, budget);
            } catch (TooCostlyException leftToTheGate) {
                return true;
            }
        }

        /** See {@link Evaluation#spent}. */
        public long spent() {
            return budget.spent();
        }
    }
}
