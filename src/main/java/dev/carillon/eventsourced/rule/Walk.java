package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One customer's way through the gates of a rule: it ends at the first that says no. */
final class Walk {

    private final Heading heading;
    private final Scope scope;
    private final @Nullable String customerId;
    private final List<Gate> gates = new ArrayList<>(6);
    private boolean open = true;

    /** @param customerId null as long as no customer is looked at */
    Walk(Heading heading, Scope scope, @Nullable String customerId) {
        this.heading = heading;
        this.scope = scope;
        this.customerId = customerId;
    }

    /** Asks the next gate, unless there was a no; a gate the rule does not have is null. */
    Walk ask(Function<Scope, @Nullable Gate> gate) {
        Gate answer = open ? gate.apply(scope) : null;
        if (answer != null) {
            gates.add(answer);
            open = answer.passed();
        }
        return this;
    }

    Walk askAll(List<Function<Scope, @Nullable Gate>> gates) {
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
    Decision end(Function<Walk, Decision> yes) {
        return open ? yes.apply(this) : ignored();
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
