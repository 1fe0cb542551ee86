package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.util.Set;

/** {@code when} and {@code where}: a boolean expression of a rule, as a gate. */
final class Condition {

    private final String name;
    private final Expression expression;
    private final Reason otherwise;

    private Condition(String name, Expression expression, Reason otherwise) {
        this.name = name;
        this.expression = expression;
        this.otherwise = otherwise;
    }

    static Condition read(
            Section rule, String field, Expressions expressions, Set<ScopeVariable> available, Reason otherwise) {
        Expression expression = expressions.compile(Snippet.of(rule, field), available, ResultType.BOOL);
        return new Condition(field, expression, otherwise);
    }

    Set<ScopeVariable> loads() {
        return expression.loads();
    }

    Gate gate(Scope scope) {
        ExpressionResult outcome = expression.value(scope);
        if (Boolean.TRUE.equals(outcome.value())) {
            return Gate.passed(name, expression.text());
        }
        return Gate.refused(name, otherwise, why(outcome));
    }

    private String why(ExpressionResult outcome) {
        if (outcome.problem() != null) {
            return outcome.problem();
        }
        return expression.text() + (outcome.value() instanceof Boolean ? " is false" : " is neither true nor false");
    }
}
