package dev.carillon.eventsourced.rule;

import org.jspecify.annotations.Nullable;

/**
 * The result of an expression: a value, or the problem that prevented one.
 *
 * @param value plain Java; null when CEL gave null or there was a problem
 * @param problem what was missing or wrong, naming the expression and no values
 */
record ExpressionResult(@Nullable Object value, @Nullable String problem) {

    static ExpressionResult of(@Nullable Object value) {
        return new ExpressionResult(value, null);
    }

    static ExpressionResult failed(String problem) {
        return new ExpressionResult(null, problem);
    }

    boolean failed() {
        return problem != null;
    }
}
