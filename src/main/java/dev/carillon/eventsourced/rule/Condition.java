package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.Set;

/** {@code when} and {@code where}: a boolean expression of a rule, as a gate. */
record Condition(Gate gate, Expression expression, Reason otherwise) {

    static Condition read(Section rule, Gate gate, Set<ScopeVariable> available, Reason otherwise) {
        return new Condition(gate, rule.expression(gate.wire(), available, ResultType.BOOL), otherwise);
    }

    GateResult gate(Scope scope) {
        ExpressionResult outcome = expression.value(scope);
        if (Boolean.TRUE.equals(outcome.value())) {
            return GateResult.passed(gate, expression.text());
        }
        return GateResult.refused(gate, otherwise, why(outcome));
    }

    private String why(ExpressionResult outcome) {
        if (outcome.problem() != null) {
            return outcome.problem();
        }
        return expression.text() + (outcome.value() instanceof Boolean ? " is false" : " is neither true nor false");
    }
}
