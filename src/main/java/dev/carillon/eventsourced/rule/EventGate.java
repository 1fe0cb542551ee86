package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule's first answer to an event, before it looks at any customer: go on, or why not. */
public record EventGate(RuleRef rule, List<GateResult> gates) {

    public EventGate {
        gates = List.copyOf(gates);
    }

    /** The last one reached: the verdict. */
    public GateResult gate() {
        return gates.get(gates.size() - 1);
    }

    public boolean passed() {
        return gate().passed();
    }

    /** Why not; null when passed. */
    public @Nullable Reason reason() {
        return gate().reason();
    }

    public String detail() {
        return gate().detail();
    }

    /**
     * The decision a gate not passed amounts to; it names no customer because none was looked at.
     *
     * @throws IllegalStateException when the gate was passed
     */
    public Decision.Ignore ignored() {
        if (passed()) {
            throw new IllegalStateException("rule " + rule.id() + " opened; decide per customer");
        }
        return Decision.Ignore.at(rule, null, gates);
    }
}
