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

/** Runs a customer through a rule's gates, at first and again when a held decision is released. */
final class RuleEvaluator {

    private final Heading heading;
    private final Clauses clauses;
    private final NotifyBuilder notifyBuilder;

    RuleEvaluator(Heading heading, Clauses clauses) {
        this.heading = heading;
        this.clauses = clauses;
        this.notifyBuilder = new NotifyBuilder(heading, clauses);
    }

    EventGate opens(Scope scope) {
        return new EventGate(heading.ref(), opened(scope, null).gates());
    }

    Audience audience(Scope scope) {
        return scope.once(Audience.class, "audience", clauses.audience()::resolve);
    }

    Decision.Ignore outsideAudience(Scope scope, @Nullable String customerId) {
        return opened(scope, customerId)
                .ask(of -> AudienceClause.outside(audience(of)))
                .ignored();
    }

    Decision decide(Scope scope, Map<String, @Nullable Object> customer, Instant now) {
        CustomerGates candidate = candidate(scope, customer);
        return candidate
                .walk()
                .askAll(conditions(candidate.id()))
                .ask(of -> expires(of, now))
                .end(walk -> notifyBuilder.tellOrWait(walk, candidate.id(), now));
    }

    Decision release(Scope scope, Map<String, @Nullable Object> customer, Instant now, @Nullable RuleEvent ended) {
        CustomerGates candidate = candidate(scope, customer);
        Correlation absence = clauses.waiting().absence();
        return candidate
                .walk()
                .ask(of -> absence == null
                        ? GateResult.passed(Gate.DELAY, "held back until " + now)
                        : absence.missed(of, ended))
                .askAll(clauses.waiting().recheck() ? conditions(candidate.id()) : List.of())
                .ask(of -> expires(of, now))
                .end(walk -> notifyBuilder.tell(walk, candidate.id()));
    }

    Decision releaseDigest(
            Scope scope,
            Map<String, @Nullable Object> customer,
            List<Map<String, @Nullable Object>> items,
            Instant now) {
        CustomerGates candidate = candidate(scope, customer);
        return candidate
                .walk()
                .ask(of -> enough(items.size()))
                .ask(of -> expires(of, now))
                .end(walk -> notifyBuilder.tellDigest(walk, candidate.id(), items));
    }

    Decision timedOut(Scope scope, Map<String, @Nullable Object> customer, Instant now) {
        CustomerGates candidate = candidate(scope, customer);
        NotifyClause late = clauses.timeout() == null ? null : clauses.timeout().notification();
        return candidate
                .walk()
                .ask(of -> overdue(of, late != null))
                .ask(audience(candidate.id()))
                .ask(this::where)
                .end(walk -> notifyBuilder.tellTimeout(walk, candidate.id(), Objects.requireNonNull(late), now));
    }

    private record CustomerGates(String id, RuleGates walk) {}

    private CustomerGates candidate(Scope scope, Map<String, @Nullable Object> customer) {
        String id = CelValue.text(customer.get("id"))
                .orElseThrow(() -> new IllegalArgumentException("a customer to decide about needs an id"));
        RuleGates walk = new RuleGates(heading, scope.withCustomer(customer), id);
        return new CustomerGates(
                id,
                clauses.collect() == null
                        ? walk
                        : walk.widen(narrow -> clauses.collect().heard(narrow).scope()));
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
        DigestClause digest = clauses.waiting().digest();
        int least = digest == null ? 1 : digest.plan().minItems();
        return items >= least
                ? GateResult.passed(Gate.DIGEST, items + " items")
                : GateResult.refused(Gate.DIGEST, Reason.CONDITION_FALSE, items + " of at least " + least + " items");
    }

    /** The set's own gate, inverted: the notification is about what the set still waits for. */
    private GateResult overdue(Scope scope, boolean toldOf) {
        GateResult when = when(scope);
        if (when.passed()) {
            return GateResult.refused(Gate.TIMEOUT, Reason.CONDITION_FALSE, when.detail() + ", complete in time");
        }
        return toldOf
                ? GateResult.passed(Gate.TIMEOUT, when.detail())
                : GateResult.refused(Gate.TIMEOUT, Reason.CORRELATION_TIMEOUT, when.detail());
    }
}
