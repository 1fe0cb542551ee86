package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code after}: the event must follow another within some time. The times of the events count, not of their arrival.
 *
 * <p>The caller finds the earlier event and passes it to the rule in its {@link Facts}.
 */
public final class After {

    private static final String NAME = "after";
    private static final Set<ScopeVariable> BOTH = EnumSet.of(ScopeVariable.EVENT, ScopeVariable.EARLIER);

    private final List<String> events;
    private final Duration within;
    private final @Nullable Expression when;
    private final Common common;

    private After(List<String> events, Duration within, @Nullable Expression when, Common common) {
        this.events = events;
        this.within = within;
        this.when = when;
        this.common = common;
    }

    static After read(Section rule, Expressions expressions) {
        Section after = rule.section(NAME);
        after.only(Set.of("event", "within", "when", "by"));
        List<String> events = EventPattern.types(after, "event");
        return new After(
                events,
                after.duration("within"),
                after.has("when") ? expressions.compile(Snippet.of(after, "when"), BOTH, ResultType.BOOL) : null,
                Common.read(after, expressions.alsoAbout(EventPattern.of(events))));
    }

    /** The types of the earlier event. */
    public List<String> events() {
        return events;
    }

    public Duration within() {
        return within;
    }

    /** Whether the trigger follows the earlier event as the rule wants it. */
    public boolean matches(RuleEvent trigger, RuleEvent earlier) {
        return pairing().pairs(trigger, earlier);
    }

    /** The same for many earlier events. */
    public Pairing pairing() {
        return new Pairing(this::matches);
    }

    private boolean matches(RuleEvent trigger, RuleEvent earlier, Budget budget) {
        return events.contains(earlier.type())
                && !earlier.time().isAfter(trigger.time())
                && !earlier.time().isBefore(trigger.time().minus(within))
                && common.isSharedBy(trigger, earlier, budget)
                && holds(trigger, earlier, budget);
    }

    Gate gate(Scope scope) {
        RuleEvent earlier = scope.facts().earlier();
        return earlier != null && matches(scope.event(), earlier, scope.budget())
                ? Gate.passed(NAME, earlier.type() + " at " + earlier.time())
                : Gate.refused(
                        NAME,
                        Reason.AWAITING_CORRELATION,
                        String.join(" or ", events) + " within " + within + " has not been heard");
    }

    private boolean holds(RuleEvent trigger, RuleEvent earlier, Budget budget) {
        return when == null
                || Boolean.TRUE.equals(when.value(Scope.of(trigger, Facts.none().withEarlier(earlier), budget))
                        .value());
    }
}
