package dev.carillon.eventsourced.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one rule for one event. Whatever does not depend on the customer is evaluated once. One budget pays
 * for all customers, so a large audience cannot make one event cost without end. When it is spent, the answer is {@code
 * RULE_TOO_COSTLY}. Not thread-safe.
 */
public final class Evaluation {

    private final RuleEvaluator judge;
    private final Scope scope;

    Evaluation(RuleEvaluator judge, RuleEvent event, Facts facts) {
        this.judge = judge;
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

    /** See {@link Rule#audienceOf}. */
    public Audience audience() {
        try {
            return judge.audience(begun());
        } catch (TooCostlyException stopped) {
            return new Audience.Nobody(String.valueOf(stopped.getMessage()));
        }
    }

    /** See {@link Rule#opens}. */
    public EventGate opens() {
        return judge.opens(begun());
    }

    /** See {@link Rule#decide}. */
    public Decision decide(Map<String, @Nullable Object> customer, Instant now) {
        return judge.decide(begun(), customer, now);
    }

    /** See {@link Rule#outsideAudience}. */
    public Decision.Ignore outsideAudience(@Nullable String customerId) {
        return judge.outsideAudience(begun(), customerId);
    }

    /** See {@link Rule#release}. */
    public Decision release(Map<String, @Nullable Object> customer, Instant now, @Nullable RuleEvent ended) {
        return judge.release(begun(), customer, now, ended);
    }

    /** See {@link Rule#releaseDigest}. */
    public Decision releaseDigest(
            Map<String, @Nullable Object> customer, List<Map<String, @Nullable Object>> items, Instant now) {
        return judge.releaseDigest(begun(), customer, items, now);
    }

    /** See {@link Rule#timedOut}. */
    public Decision timedOut(Map<String, @Nullable Object> customer, Instant now) {
        return judge.timedOut(begun(), customer, now);
    }

    private Scope begun() {
        scope.budget().begin();
        return scope;
    }
}
