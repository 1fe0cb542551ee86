package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.Trigger.TimerDue;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules to ask: for an event the ones in force; for a timer the version that armed it, unless the rule was switched
 * off since.
 */
@ApplicationScoped
class LiveRules implements Rules {

    private final ActiveRules shelf;

    LiveRules(ActiveRules shelf) {
        this.shelf = shelf;
    }

    @Override
    public Uni<Asking> asked(Tx tx, List<Trigger> triggers) {
        var pinned = triggers.stream()
                .filter(TimerDue.class::isInstance)
                .map(TimerDue.class::cast)
                .map(due -> due.timer().rule())
                .distinct()
                .toList();
        return Multi.createFrom()
                .iterable(pinned)
                .onItem()
                .transformToUniAndConcatenate(one -> inForce(one).map(rule -> Map.entry(one, rule)))
                .collect()
                .asList()
                .map(found -> {
                    var versions = new HashMap<RuleRef, Optional<Rule>>();
                    found.forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
                    return Rules.asking(triggers, shelf.book(), timer -> versions.get(timer.rule()));
                });
    }

    private Uni<Optional<Rule>> inForce(RuleRef pinned) {
        return shelf.book().rule(pinned.id()).filter(Rule::enabled).isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : shelf.version(pinned.id(), pinned.version());
    }
}
