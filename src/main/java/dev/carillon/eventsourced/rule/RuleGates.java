package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one customer through a rule's gates. It ends at the first gate that says no. */
final class RuleGates {

    private final Heading heading;
    private Scope scope;
    private final @Nullable String customerId;
    private final List<GateResult> gates = new ArrayList<>(6);
    private boolean open = true;

    /** @param customerId null as long as no customer is looked at */
    RuleGates(Heading heading, Scope scope, @Nullable String customerId) {
        this.heading = heading;
        this.scope = scope;
        this.customerId = customerId;
    }

    /** Asks the next gate, unless there was a no; a gate the rule does not have is null. */
    RuleGates ask(Function<Scope, @Nullable GateResult> gate) {
        GateResult answer = open ? answered(gate) : null;
        if (answer != null) {
            gates.add(answer);
            open = answer.passed();
        }
        return this;
    }

    private @Nullable GateResult answered(Function<Scope, @Nullable GateResult> gate) {
        try {
            return gate.apply(scope);
        } catch (TooCostlyException stopped) {
            return tooCostly(stopped);
        }
    }

    /** The gate that stands only where it was not passed: whatever was asked, the answer would have cost too much. */
    private static GateResult tooCostly(TooCostlyException stopped) {
        return GateResult.refused(Gate.BUDGET, Reason.RULE_TOO_COSTLY, String.valueOf(stopped.getMessage()));
    }

    /** Lets the gates that follow see more. */
    RuleGates widen(UnaryOperator<Scope> wider) {
        return ask(narrow -> {
            scope = wider.apply(narrow);
            return null;
        });
    }

    RuleGates askAll(List<Function<Scope, @Nullable GateResult>> gates) {
        gates.forEach(this::ask);
        return this;
    }

    List<GateResult> gates() {
        return gates;
    }

    Scope scope() {
        return scope;
    }

    /** Who is looked at. */
    String customer() {
        return Objects.requireNonNull(customerId, "no customer is looked at");
    }

    /** The decision: what the gates lead to, or the no of the last one. */
    Decision end(Function<RuleGates, Decision> yes) {
        if (!open) {
            return ignored();
        }
        try {
            return yes.apply(this);
        } catch (TooCostlyException stopped) {
            gates.add(tooCostly(stopped));
            return ignored();
        }
    }

    /** The no at a gate that is not there as long as it is passed. */
    Decision.Ignore refused(Gate gate, Reason reason, String detail) {
        gates.add(GateResult.refused(gate, reason, detail));
        return ignored();
    }

    Decision.Ignore ignored() {
        return Decision.Ignore.at(heading.ref(), customerId, gates);
    }
}
