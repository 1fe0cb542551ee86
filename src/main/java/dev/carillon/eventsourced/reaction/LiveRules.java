package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.Occasion.Due;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.shelf.RuleShelf;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules in force for what is heard; for what waits the version it was armed by, unless the rule was switched off since. */
@ApplicationScoped
class LiveRules implements Rules {

    private record Version(String id, String version) {

        static Version of(Timer timer) {
            return new Version(timer.ruleId(), timer.ruleVersion());
        }
    }

    private final RuleShelf shelf;

    LiveRules(RuleShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Uni<Asking> asked(Tx tx, List<Occasion> occasions) {
        var pinned = occasions.stream().filter(Due.class::isInstance).map(Due.class::cast)
                .map(due -> Version.of(due.timer())).distinct().toList();
        return Multi.createFrom().iterable(pinned)
                .onItem().transformToUniAndConcatenate(one -> inForce(one).map(rule -> Map.entry(one, rule)))
                .collect().asList().map(found -> {
                    var versions = new HashMap<Version, Optional<Rule>>();
                    found.forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
                    return Rules.asking(occasions, shelf.book(), timer -> versions.get(Version.of(timer)));
                });
    }

    private Uni<Optional<Rule>> inForce(Version pinned) {
        return shelf.book().rule(pinned.id()).filter(Rule::enabled).isEmpty() ? Uni.createFrom().item(Optional.empty())
                : shelf.version(pinned.id(), pinned.version());
    }
}
