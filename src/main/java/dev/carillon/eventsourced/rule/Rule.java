package dev.carillon.eventsourced.rule;

import dev.carillon.notification.Priority;
import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled rule: says who is told what when an event happens, and otherwise why not; immutable, pure and safe to share. */
public final class Rule {

    private final Heading heading;
    private final Clauses clauses;
    private final Set<Fact> facts;
    private final Position position;

    Rule(Heading heading, Clauses clauses, Position position) {
        this.heading = heading;
        this.clauses = clauses;
        this.facts = clauses.facts();
        this.position = position;
    }

    public String id() {
        return heading.id();
    }

    /** Changes whenever the rule says something else; layout, comments and the order of keys do not count. */
    public String version() {
        return heading.version();
    }

    /** In the author's words; may be empty. */
    public String description() {
        return heading.description();
    }

    public boolean enabled() {
        return heading.enabled();
    }

    /** The same rule in the same version, switched on or off by hand. */
    public Rule switched(boolean enabled) {
        return new Rule(heading.switched(enabled), clauses, position);
    }

    public Priority priority() {
        return heading.priority();
    }

    /** The event types and prefixes as written under {@code on}. */
    public List<String> on() {
        return heading.on().stream().map(EventPattern::text).toList();
    }

    public boolean listensTo(String eventType) {
        return heading.listensTo(eventType);
    }

    /** The notification type. */
    public String type() {
        return clauses.notification().type();
    }

    /** The preference category; null leaves it to the notification type. */
    public @Nullable String category() {
        return clauses.notification().category();
    }

    /** The only channels to use, or empty for whichever the customer prefers. */
    public List<String> channels() {
        return clauses.notification().channels();
    }

    /** The facts its expressions mention; no others need loading. */
    public Set<Fact> facts() {
        return facts;
    }

    /** Whether it waits for several events, so that what they say must be remembered. */
    public boolean collects() {
        return clauses.collect() != null;
    }

    /** Which set the event belongs to and what it adds; empty if the rule does not collect or the event names no set. */
    public Optional<Collected> collecting(RuleEvent event) {
        CollectClause collect = clauses.collect();
        return collect == null ? Optional.empty() : collect.collecting(Scope.of(event, Facts.none()));
    }

    /** Whom the rule addresses for this event. */
    public Audience audienceOf(RuleEvent event) {
        return clauses.audience().resolve(Scope.of(event, Facts.none()));
    }

    /** The gate before any customer is looked at: {@code when}, including {@code collect}. */
    public EventGate opens(RuleEvent event, Facts facts) {
        return new EventGate(id(), version(), when(Scope.of(event, facts)));
    }

    /**
     * Decides for one customer, through every gate from {@code when} on, so that it also answers for somebody never selected.
     *
     * @param customer what is known of the customer; {@code id} always, the rest only if {@link #facts()} says so
     * @throws IllegalArgumentException if the customer has no id
     */
    public Decision decide(RuleEvent event, Facts facts, Map<String, @Nullable Object> customer) {
        String customerId = PlainValue.text(customer.get("id"))
                .orElseThrow(() -> new IllegalArgumentException("a customer to decide about needs an id"));
        Scope scope = collected(Scope.of(event, facts).withCustomer(customer));
        List<Gate> gates = new ArrayList<>(4);
        for (Step step : List.<Step>of(this::when, at -> clauses.audience().gate(at, customerId), this::where)) {
            Gate gate = step.gate(scope);
            if (gate != null) {
                gates.add(gate);
                if (!gate.passed()) {
                    return Decision.Ignore.at(id(), version(), customerId, gates);
                }
            }
        }
        return told(scope, customerId, gates);
    }

    /** The answer for a customer the caller looked for in a cart, wishlist or segment and did not find; null if for nobody at all. */
    public Decision.Ignore outsideAudience(RuleEvent event, Facts facts, @Nullable String customerId) {
        Scope scope = Scope.of(event, facts);
        Gate when = when(scope);
        List<Gate> gates = when.passed() ? List.of(when, clauses.audience().outside(scope)) : List.of(when);
        return Decision.Ignore.at(id(), version(), customerId, gates);
    }

    /** Where it begins in its file. */
    Position position() {
        return position;
    }

    private Scope collected(Scope scope) {
        return clauses.collect() == null ? scope : clauses.collect().heard(scope).scope();
    }

    private Gate when(Scope scope) {
        Condition when = clauses.when();
        if (when == null) {
            return Gate.passed("when", "no condition");
        }
        return clauses.collect() == null ? when.gate(scope) : clauses.collect().gate(when, scope);
    }

    private @Nullable Gate where(Scope scope) {
        return clauses.where() == null ? null : clauses.where().gate(scope);
    }

    private Decision told(Scope scope, String customerId, List<Gate> gates) {
        String businessKey = null;
        if (clauses.once() != null) {
            Outcome key = clauses.once().key(scope);
            if (key.problem() != null) {
                gates.add(Gate.refused("once", Reason.VARIABLE_MISSING, key.problem()));
                return Decision.Ignore.at(id(), version(), customerId, gates);
            }
            businessKey = (String) key.value();             // the corridor asks whether it was told before: that is the gate
        }
        return new Decision.Notify(
                id(), version(), customerId, type(), clauses.notification().context(scope), businessKey, channels(), priority(), gates);
    }

    /** A gate of a decision, or null if the rule does not have it. */
    private interface Step {
        @Nullable Gate gate(Scope scope);
    }
}
