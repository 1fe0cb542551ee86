package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.CollectClause.Timeout;
import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.yaml.YamlDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled rule: decides who is notified of an event, and otherwise says why not. Immutable, pure and safe to share.
 */
public final class Rule {

    /** The most that {@link #collecting} may cost, see {@link Evaluation#spent}. */
    public static final int COLLECTING_AT_MOST = Budget.COLLECTING;

    private final Heading heading;
    private final Clauses clauses;
    private final NotifyBuilder notifyBuilder;
    private final YamlDocument.Position position;

    Rule(Heading heading, Clauses clauses, YamlDocument.Position position) {
        this.heading = heading;
        this.clauses = clauses;
        this.notifyBuilder = new NotifyBuilder(heading, clauses);
        this.position = position;
    }

    public String id() {
        return heading.id();
    }

    /** Changes whenever the rule says something else; layout, comments and the order of keys do not count. */
    public String version() {
        return heading.version();
    }

    public RuleRef ref() {
        return heading.ref();
    }

    /** As the author wrote it; may be empty. */
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

    /** Every notification it may lead to: its own, and that of a timeout. */
    public List<NotifyTarget> targets() {
        NotifyClause own = clauses.notification();
        Timeout timeout = clauses.timeout();
        return timeout == null || timeout.notification() == null
                ? List.of(own.target())
                : List.of(own.target(), timeout.notification().target());
    }

    /** The facts its expressions mention; no others need loading. */
    public Set<Fact> facts() {
        return clauses.facts();
    }

    /** Whether it waits for several events, so that what they say must be remembered. */
    public boolean collects() {
        return clauses.collect() != null;
    }

    /**
     * The set the event belongs to and what it adds. Empty if the rule does not collect, or if the event's set cannot
     * be computed within the budget.
     */
    public Optional<Collected> collecting(RuleEvent event) {
        CollectClause collect = clauses.collect();
        try {
            return collect == null
                    ? Optional.empty()
                    : collect.collecting(Scope.of(event, Facts.none(), new Budget(Budget.COLLECTING)));
        } catch (TooCostlyException leftToTheGate) {
            return Optional.empty();
        }
    }

    /** How long a set may stay incomplete, from its first event. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(clauses.timeout()).map(Timeout::after);
    }

    /** The event it must follow. */
    public Optional<Correlation> after() {
        return Optional.ofNullable(clauses.after());
    }

    /** The event that must not follow. */
    public Optional<Correlation> absence() {
        return Optional.ofNullable(clauses.absence());
    }

    /** How long a decision is held back. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(clauses.delay());
    }

    /** Whether its conditions are asked again when a delay or an absence is over. */
    public boolean rechecks() {
        return clauses.recheck();
    }

    public Optional<DigestClause> digest() {
        return Optional.ofNullable(clauses.digest());
    }

    /** Whether it lets time pass before it decides. */
    public boolean waits() {
        return delay().isPresent()
                || absence().isPresent()
                || digest().isPresent()
                || timeout().isPresent();
    }

    /** The subject of the event, if it is the rule's whole audience. */
    public Optional<String> subjectOf(RuleEvent event) {
        return Optional.ofNullable(event.subject())
                .filter(subject -> !clauses.audience().reachesSeveral() && !subject.isBlank());
    }

    /** Whether one event may reach more than its subject. */
    public boolean reachesSeveral() {
        return clauses.audience().reachesSeveral();
    }

    /**
     * The same rule without what one of its gates asks for, to see what else would have said no; empty where the gate asks for
     * nothing that could be left out.
     *
     * @param customerId whom the rule is meant for when its audience is left out
     */
    public Optional<Rule> without(Gate gate, String customerId) {
        Clauses fewer = clauses.without(gate, customerId);
        return fewer == null ? Optional.empty() : Optional.of(new Rule(heading, fewer, position));
    }

    /** Puts an event to the rule; for more than one question, which then share what is known and what they may cost. */
    public Evaluation evaluate(RuleEvent event, Facts facts) {
        return new Evaluation(notifyBuilder, event, facts);
    }

    /** The position of the rule in its file. */
    public YamlDocument.Position position() {
        return position;
    }
}
