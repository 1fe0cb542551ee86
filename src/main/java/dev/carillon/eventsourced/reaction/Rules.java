package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;

import java.util.List;

/** Which rules are asked on an occasion. */
interface Rules {

    /** One rule asked on one occasion. */
    record Asked(Occasion occasion, Rule rule) {
    }

    /** @param withdrawn timers whose rule is no longer there, or switched off */
    record Asking(List<Asked> asked, List<Occasion.Due> withdrawn) {
    }

    /** In the order of the occasions, and for each in the order of the rules. */
    Uni<Asking> asked(Tx tx, List<Occasion> occasions);
}
