package dev.carillon.eventsourced.rule;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code by}: what two events must have in common to belong together. The subject always counts, plus what the rule
 * says.
 */
record Common(@Nullable Expression by) {

    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);

    static Common read(Section clause, Expressions expressions) {
        return new Common(
                clause.has("by") ? expressions.compile(Snippet.of(clause, "by"), EVENT, ResultType.SCALAR) : null);
    }

    /** Whether these are two events, about one customer, that agree on {@code by}. */
    boolean isSharedBy(RuleEvent one, RuleEvent other, Budget budget) {
        return one.subject() != null
                && one.subject().equals(other.subject())
                && !one.isSameAs(other)
                && agree(one, other, budget);
    }

    private boolean agree(RuleEvent one, RuleEvent other, Budget budget) {
        if (by == null) {
            return true;
        }
        ExpressionResult first = by.scalar(Scope.of(one, Facts.none(), budget));
        ExpressionResult second = by.scalar(Scope.of(other, Facts.none(), budget));
        return first.value() != null && first.value().equals(second.value());
    }
}
