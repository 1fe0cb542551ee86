package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which rules are asked for a trigger. */
interface Rules {

    /** One rule to ask for one trigger. */
    record RuleForTrigger(Trigger.EventTrigger trigger, Rule rule) {}

    /** @param withdrawn timers that are not evaluated: their rule is no longer there or switched off, or their event is gone */
    record Asking(List<RuleForTrigger> asked, List<Trigger.TimedTrigger> withdrawn) {}

    /** @param pinned the rule that evaluates a timer; empty if the timer is cancelled */
    static Asking asking(List<Trigger> triggers, RuleBook book, Function<Timer, Optional<Rule>> pinned) {
        var asked = new ArrayList<RuleForTrigger>();
        var withdrawn = new ArrayList<Trigger.TimedTrigger>();
        for (var trigger : triggers) {
            if (trigger instanceof Trigger.EventPublished heard) {
                listening(heard, book.listeningTo(heard.event().type()))
                        .forEach(rule -> asked.add(new RuleForTrigger(heard, rule)));
            } else if (trigger instanceof Trigger.TimerDue due) {
                pinned.apply(due.timer())
                        .ifPresentOrElse(rule -> asked.add(new RuleForTrigger(due, rule)), () -> withdrawn.add(due));
            } else if (trigger instanceof Trigger.EventGone forgotten) {
                withdrawn.add(forgotten);
            }
        }
        return new Asking(asked, withdrawn);
    }

    /** From the rule where the walk over a large audience stopped. */
    private static List<Rule> listening(Trigger.EventPublished heard, List<Rule> rules) {
        var cursor = heard.pending().cursor();
        return cursor == null
                ? rules
                : rules.stream()
                        .dropWhile(rule -> !rule.id().equals(cursor.rule()))
                        .toList();
    }

    /** In the order of the triggers, and for each in the order of the rules. */
    Uni<Asking> asked(Tx tx, List<Trigger> triggers);
}
