package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which rules are asked on an occasion. */
interface Rules {

    /** One rule asked on one occasion. */
    record Asked(Occasion.OfEvent occasion, Rule rule) {
    }

    /** @param withdrawn timers that are not judged: their rule is no longer there or switched off, or their event is gone */
    record Asking(List<Asked> asked, List<Occasion.Timed> withdrawn) {
    }

    /** @param pinned the rule a timer is judged by; empty when it is judged no more */
    static Asking asking(List<Occasion> occasions, RuleBook book, Function<Timer, Optional<Rule>> pinned) {
        var asked = new ArrayList<Asked>();
        var withdrawn = new ArrayList<Occasion.Timed>();
        for (var occasion : occasions) {
            if (occasion instanceof Occasion.Heard heard) {
                listening(heard, book.listeningTo(heard.event().type())).forEach(rule -> asked.add(new Asked(heard, rule)));
            } else if (occasion instanceof Occasion.Due due) {
                pinned.apply(due.timer()).ifPresentOrElse(rule -> asked.add(new Asked(due, rule)), () -> withdrawn.add(due));
            } else if (occasion instanceof Occasion.Forgotten forgotten) {
                withdrawn.add(forgotten);
            }
        }
        return new Asking(asked, withdrawn);
    }

    /** From where a large audience was left. */
    private static List<Rule> listening(Occasion.Heard heard, List<Rule> rules) {
        var cursor = heard.pending().cursor();
        return cursor == null ? rules : rules.stream().dropWhile(rule -> !rule.id().equals(cursor.rule())).toList();
    }

    /** In the order of the occasions, and for each in the order of the rules. */
    Uni<Asking> asked(Tx tx, List<Occasion> occasions);
}
