package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.List;

/** Always the same rules. */
record FixedRules(RuleBook book) implements Rules {

    @Override
    public Uni<Asking> asked(Tx tx, List<Occasion> occasions) {
        var asked = new ArrayList<Asked>();
        for (var occasion : occasions) {
            if (occasion instanceof Occasion.Heard heard) {
                LiveRules.listening(heard, book.listeningTo(heard.event().type())).forEach(rule -> asked.add(new Asked(heard, rule)));
            } else if (occasion instanceof Occasion.Due due) {
                book.rule(due.timer().ruleId()).ifPresent(rule -> asked.add(new Asked(due, rule)));
            }
        }
        return Uni.createFrom().item(new Asking(asked, List.of()));
    }
}
