package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code absence}: armed by the rule's event and ended by another event. It notifies when the deadline passes without
 * that other event.
 */
public final class Absence {

    private static final String NAME = "absence";
    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);

    private final List<String> events;
    private final Duration length;
    private final @Nullable Expression when;
    private final Common common;

    private Absence(List<String> events, Duration length, @Nullable Expression when, Common common) {
        this.events = events;
        this.length = length;
        this.when = when;
        this.common = common;
    }

    static Absence read(Section rule, Expressions expressions) {
        Section absence = rule.section(NAME);
        absence.only(Set.of("event", "for", "when", "by"));
        List<String> events = EventPattern.types(absence, "event");
        Expressions ofOther = expressions.about(EventPattern.of(events));
        return new Absence(
                events,
                absence.duration("for"),
                absence.has("when") ? ofOther.compile(Snippet.of(absence, "when"), EVENT, ResultType.BOOL) : null,
                Common.read(absence, expressions.alsoAbout(EventPattern.of(events))));
    }

    /** The types of the event that ends it. */
    public List<String> events() {
        return events;
    }

    /** How long there must be none. */
    public Duration length() {
        return length;
    }

    /** When it is too late for the other event, by the time the arming one happened. */
    public Instant deadline(RuleEvent armed) {
        return armed.time().plus(length);
    }

    /** Whether the other event is the one that was to come, and came in time. */
    public boolean endedBy(RuleEvent armed, RuleEvent other) {
        return pairing().pairs(armed, other);
    }

    /** The same for many other events. */
    public Pairing pairing() {
        return new Pairing(this::endedBy);
    }

    private boolean endedBy(RuleEvent armed, RuleEvent other, Budget budget) {
        return events.contains(other.type())
                && !other.time().isBefore(armed.time())
                && other.time().isBefore(deadline(armed))
                && common.isSharedBy(armed, other, budget)
                && holds(other, budget);
    }

    Gate gate(Scope scope, @Nullable RuleEvent ended) {
        return ended == null || !endedBy(scope.event(), ended, scope.budget())
                ? Gate.passed(NAME, String.join(" or ", events) + " was not heard within " + length)
                : Gate.refused(NAME, Reason.CONDITION_FALSE, ended.type() + " was heard");
    }

    private boolean holds(RuleEvent other, Budget budget) {
        return when == null
                || Boolean.TRUE.equals(
                        when.value(Scope.of(other, Facts.none(), budget)).value());
    }
}
