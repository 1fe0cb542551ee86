package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A fixed set of rules that never changes. */
record FixedRules(RuleBook book) implements Rules {

    @Override
    public Uni<Asking> asked(Tx tx, List<Trigger> triggers) {
        return Uni.createFrom()
                .item(Rules.asking(
                        triggers, book, timer -> book.rule(timer.rule().id())));
    }
}
