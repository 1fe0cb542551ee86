package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one customer through a rule's gates. It ends at the first gate that says no. */
final class RuleGates {

    private final Heading heading;
    private Scope scope;
    private final @Nullable String customerId;
    private final List<Gate> gates = new ArrayList<>(6);
    private boolean open = true;

    /** @param customerId null as long as no customer is looked at */
    RuleGates(Heading heading, Scope scope, @Nullable String customerId) {
        this.heading = heading;
        this.scope = scope;
        this.customerId = customerId;
    }

    /** Asks the next gate, unless there was a no; a gate the rule does not have is null. */
    RuleGates ask(Function<Scope, @Nullable Gate> gate) {
        Gate answer = open ? answered(gate) : null;
        if (answer != null) {
            gates.add(answer);
            open = answer.passed();
        }
        return this;
    }

    private @Nullable Gate answered(Function<Scope, @Nullable Gate> gate) {
        try {
            return gate.apply(scope);
        } catch (TooCostlyException stopped) {
            return tooCostly(stopped);
        }
    }

    /** The gate that stands only where it was not passed: whatever was asked, the answer would have cost too much. */
    private static Gate tooCostly(TooCostlyException stopped) {
        return Gate.refused("budget", Reason.RULE_TOO_COSTLY, String.valueOf(stopped.getMessage()));
    }

    /** Lets the gates that follow see more. */
    RuleGates widen(UnaryOperator<Scope> wider) {
        return ask(narrow -> {
            scope = wider.apply(narrow);
            return null;
        });
    }

    RuleGates askAll(List<Function<Scope, @Nullable Gate>> gates) {
        gates.forEach(this::ask);
        return this;
    }

    List<Gate> gates() {
        return gates;
    }

    Scope scope() {
        return scope;
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
    Decision.Ignore refused(String gate, Reason reason, String detail) {
        gates.add(Gate.refused(gate, reason, detail));
        return ignored();
    }

    Decision.Ignore ignored() {
        return Decision.Ignore.at(heading.id(), heading.version(), customerId, gates);
    }
}
