package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Leads a customer through the gates of a rule, the first time and when what was held back is released. */
final class Judge {

    private final Heading heading;
    private final Clauses clauses;
    private final Teller teller;

    Judge(Heading heading, Clauses clauses) {
        this.heading = heading;
        this.clauses = clauses;
        this.teller = new Teller(heading, clauses);
    }

    EventGate opens(RuleEvent event, Facts facts) {
        return new EventGate(heading.id(), heading.version(), opened(Scope.of(event, facts), null).gates());
    }

    Decision.Ignore outsideAudience(RuleEvent event, Facts facts, @Nullable String customerId) {
        Walk walk = opened(Scope.of(event, facts), customerId).ask(clauses.audience()::outside);
        return walk.ignored();
    }

    Decision decide(RuleEvent event, Facts facts, Map<String, @Nullable Object> customer, Instant now) {
        Candidate candidate = candidate(event, facts, customer);
        return candidate.walk()
                .askAll(conditions(candidate.id()))
                .ask(scope -> expires(scope, now))
                .end(walk -> teller.tellOrWait(walk, candidate.id(), now));
    }

    Decision release(
            RuleEvent event, Facts facts, Map<String, @Nullable Object> customer, Instant now, @Nullable RuleEvent ended) {
        Candidate candidate = candidate(event, facts, customer);
        Absence absence = clauses.waiting().absence();
        return candidate.walk()
                .ask(scope -> absence == null ? Gate.passed("delay", "held back until " + now) : absence.gate(ended))
                .askAll(clauses.waiting().recheck() ? conditions(candidate.id()) : List.of())
                .ask(scope -> expires(scope, now))
                .end(walk -> teller.tell(walk, candidate.id()));
    }

    Decision releaseDigest(
            RuleEvent last, Map<String, @Nullable Object> customer, List<Map<String, @Nullable Object>> items, Facts facts, Instant now) {
        Candidate candidate = candidate(last, facts, customer);
        return candidate.walk()
                .ask(scope -> enough(items.size()))
                .ask(scope -> expires(scope, now))
                .end(walk -> teller.tellDigest(walk, candidate.id(), items));
    }

    Decision timedOut(RuleEvent event, Facts facts, Map<String, @Nullable Object> customer, Instant now) {
        Candidate candidate = candidate(event, facts, customer);
        NotifyClause late = clauses.timeout() == null ? null : clauses.timeout().notification();
        return candidate.walk()
                .ask(scope -> overdue(scope, late != null))
                .ask(audience(candidate.id()))
                .ask(this::where)
                .end(walk -> teller.tellTimeout(walk, candidate.id(), Objects.requireNonNull(late), now));
    }

    private record Candidate(String id, Walk walk) {}

    private Candidate candidate(RuleEvent event, Facts facts, Map<String, @Nullable Object> customer) {
        String id = PlainValue.text(customer.get("id"))
                .orElseThrow(() -> new IllegalArgumentException("a customer to decide about needs an id"));
        Scope scope = Scope.of(event, facts).withCustomer(customer);
        return new Candidate(id, new Walk(heading, clauses.collect() == null ? scope : clauses.collect().heard(scope).scope(), id));
    }

    private Walk opened(Scope scope, @Nullable String customerId) {
        return new Walk(heading, scope, customerId).ask(this::when).ask(this::after);
    }

    private List<Function<Scope, @Nullable Gate>> conditions(String customerId) {
        return List.of(this::when, this::after, audience(customerId), this::where);
    }

    private Gate when(Scope scope) {
        Condition when = clauses.when();
        if (when == null) {
            return Gate.passed("when", "no condition");
        }
        return clauses.collect() == null ? when.gate(scope) : clauses.collect().gate(when, scope);
    }

    private @Nullable Gate after(Scope scope) {
        return clauses.after() == null ? null : clauses.after().gate(scope);
    }

    private Function<Scope, @Nullable Gate> audience(String customerId) {
        return scope -> clauses.audience().gate(scope, customerId);
    }

    private @Nullable Gate where(Scope scope) {
        return clauses.where() == null ? null : clauses.where().gate(scope);
    }

    private @Nullable Gate expires(Scope scope, Instant now) {
        Instant at = teller.expiresAt(scope);
        if (at == null) {
            return null;
        }
        return now.isBefore(at) ? Gate.passed("expires", "at " + at) : Gate.refused("expires", Reason.EXPIRED, "expired at " + at);
    }

    private Gate enough(int items) {
        DigestClause digest = clauses.waiting().digest();
        int least = digest == null ? 1 : digest.plan().minItems();
        return items >= least
                ? Gate.passed("digest", items + " items")
                : Gate.refused("digest", Reason.CONDITION_FALSE, items + " of at least " + least + " items");
    }

    /** The set's own gate turned round: what it still waits for is what is told now. */
    private Gate overdue(Scope scope, boolean toldOf) {
        Gate when = when(scope);
        if (when.passed()) {
            return Gate.refused("timeout", Reason.CONDITION_FALSE, when.detail() + ", complete in time");
        }
        return toldOf ? Gate.passed("timeout", when.detail()) : Gate.refused("timeout", Reason.CORRELATION_TIMEOUT, when.detail());
    }
}
