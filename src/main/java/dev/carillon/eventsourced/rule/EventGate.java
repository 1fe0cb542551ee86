package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule's first answer to an event, before it looks at any customer: go on, or why not. */
public record EventGate(String ruleId, String ruleVersion, List<Gate> gates) {

    public EventGate {
        gates = List.copyOf(gates);
    }

    /** The last one reached: the verdict. */
    public Gate gate() {
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
            throw new IllegalStateException("rule " + ruleId + " opened; decide per customer");
        }
        return Decision.Ignore.at(ruleId, ruleVersion, null, gates);
    }
}
