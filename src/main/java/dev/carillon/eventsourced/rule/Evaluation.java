package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one rule for one event: at first, and again when a held decision is released. Whatever does not
 * depend on the customer is evaluated once. One budget pays for all customers, so a large audience cannot make one
 * event cost without end. When it is spent, the answer is {@code RULE_TOO_COSTLY}. Not thread-safe.
 */
public final class Evaluation {

    private final Heading heading;
    private final Clauses clauses;
    private final NotifyBuilder notifyBuilder;
    private final Scope scope;

    Evaluation(NotifyBuilder notifyBuilder, RuleEvent event, Facts facts) {
        this.heading = notifyBuilder.heading();
        this.clauses = notifyBuilder.clauses();
        this.notifyBuilder = notifyBuilder;
        this.scope = Scope.of(event, facts, new Budget(Budget.ANSWER));
    }

    /** Adds the budget for this many more customers. */
    public Evaluation addressing(int customers) {
        scope.budget().add(customers);
        return this;
    }

    /** What it has cost so far, in steps of about 0.2 µs. */
    public long spent() {
        return scope.budget().spent();
    }

    /** The audience of the rule for this event. */
    public Audience audience() {
        try {
            return audience(begun());
        } catch (TooCostlyException stopped) {
            return new Audience.Nobody(String.valueOf(stopped.getMessage()));
        }
    }

    /**
     * The gates before any customer is looked at: {@code when} with {@code collect}, and {@code after} with {@link
     * Facts#earlier}.
     */
    public EventGate opens() {
        return new EventGate(heading.ref(), opened(begun(), null).gates());
    }

    /** The decision for a customer who was not found in the cart, wishlist or segment; null for no customer at all. */
    public Decision.Ignore outsideAudience(@Nullable String customerId) {
        return opened(begun(), customerId)
                .ask(of -> AudienceClause.outside(audience(of)))
                .ignored();
    }

    /**
     * Decides for one customer, through every gate from {@code when} on, so it also works for a customer who was never
     * selected.
     *
     * @param customer what is known of the customer; {@code id} always, the rest only if {@link Rule#facts()} says so
     * @param now the journal's time of the event
     * @throws IllegalArgumentException if the customer has no id
     */
    public Decision decide(Map<String, @Nullable Object> customer, Instant now) {
        RuleGates gates = gatesFor(customer);
        return gates.askAll(conditions(gates.customer()))
                .ask(of -> expires(of, now))
                .end(passed -> notifyBuilder.notifyOrWait(passed, now));
    }

    /**
     * Decides again when a delay or an absence is over, with what is known by then.
     *
     * @param now when it is over
     * @param ended what ended the absence, or null if nothing did; null for a delay
     */
    public Decision release(Map<String, @Nullable Object> customer, Instant now, @Nullable RuleEvent ended) {
        RuleGates gates = gatesFor(customer);
        Correlation absence = clauses.absence();
        return gates.ask(of -> absence == null
                        ? GateResult.passed(Gate.DELAY, "held back until " + now)
                        : absence.missed(of, ended))
                .askAll(clauses.recheck() ? conditions(gates.customer()) : List.of())
                .ask(of -> expires(of, now))
                .end(notifyBuilder::notification);
    }

    /**
     * Decides when a digest closes; the evaluation's event is that of its last item.
     *
     * @param items what each event brought, see {@link Decision.Wait#context}
     */
    public Decision releaseDigest(
            Map<String, @Nullable Object> customer, List<Map<String, @Nullable Object>> items, Instant now) {
        return gatesFor(customer)
                .ask(of -> enough(items.size()))
                .ask(of -> expires(of, now))
                .end(passed -> notifyBuilder.digest(passed, items));
    }

    /**
     * Decides when a set's timeout is over; the evaluation's event is one of the set.
     *
     * @param now the end of the timeout; {@code expires} counts from then on
     */
    public Decision timedOut(Map<String, @Nullable Object> customer, Instant now) {
        RuleGates gates = gatesFor(customer);
        NotifyClause late = clauses.timeout() == null ? null : clauses.timeout().notification();
        return gates.ask(of -> overdue(of, late != null))
                .ask(audience(gates.customer()))
                .ask(this::where)
                .end(passed -> notifyBuilder.timeout(passed, Objects.requireNonNull(late), now));
    }

    private Scope begun() {
        scope.budget().begin();
        return scope;
    }

    private RuleGates gatesFor(Map<String, @Nullable Object> customer) {
        String id = CelValue.text(customer.get("id"))
                .orElseThrow(() -> new IllegalArgumentException("a customer to decide about needs an id"));
        RuleGates gates = new RuleGates(heading, begun().withCustomer(customer), id);
        CollectClause collect = clauses.collect();
        return collect == null
                ? gates
                : gates.widen(narrow -> collect.collected(narrow).scope());
    }

    private RuleGates opened(Scope scope, @Nullable String customerId) {
        return new RuleGates(heading, scope, customerId).ask(this::when).ask(this::after);
    }

    private List<Function<Scope, @Nullable GateResult>> conditions(String customerId) {
        return List.of(this::when, this::after, audience(customerId), this::where);
    }

    private GateResult when(Scope scope) {
        return scope.once(GateResult.class, "when", this::askWhen);
    }

    private GateResult askWhen(Scope scope) {
        Condition when = clauses.when();
        if (when == null) {
            return GateResult.passed(Gate.WHEN, "no condition");
        }
        return clauses.collect() == null ? when.gate(scope) : clauses.collect().gate(when, scope);
    }

    private @Nullable GateResult after(Scope scope) {
        return clauses.after() == null ? null : scope.once(GateResult.class, "after", clauses.after()::followed);
    }

    private Audience audience(Scope scope) {
        return scope.once(Audience.class, "audience", clauses.audience()::resolve);
    }

    private Function<Scope, @Nullable GateResult> audience(String customerId) {
        return scope -> AudienceClause.gate(audience(scope), customerId);
    }

    private @Nullable GateResult where(Scope scope) {
        return clauses.where() == null ? null : clauses.where().gate(scope);
    }

    private @Nullable GateResult expires(Scope scope, Instant now) {
        Instant at = notifyBuilder.expiresAt(scope);
        if (at == null) {
            return null;
        }
        return now.isBefore(at)
                ? GateResult.passed(Gate.EXPIRES, "at " + at)
                : GateResult.refused(Gate.EXPIRES, Reason.EXPIRED, "expired at " + at);
    }

    private GateResult enough(int items) {
        int least = clauses.digest() == null ? 1 : clauses.digest().minItems();
        return items >= least
                ? GateResult.passed(Gate.DIGEST, items + " items")
                : GateResult.refused(Gate.DIGEST, Reason.CONDITION_FALSE, items + " of at least " + least + " items");
    }

    /** The set's own gate, inverted: the notification is about what the set still waits for. */
    private GateResult overdue(Scope scope, boolean notifies) {
        GateResult when = when(scope);
        if (when.passed()) {
            return GateResult.refused(Gate.TIMEOUT, Reason.CONDITION_FALSE, when.detail() + ", complete in time");
        }
        return notifies
                ? GateResult.passed(Gate.TIMEOUT, when.detail())
                : GateResult.refused(Gate.TIMEOUT, Reason.CORRELATION_TIMEOUT, when.detail());
    }
}
