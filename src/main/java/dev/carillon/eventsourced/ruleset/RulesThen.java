package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.platform.versions.VersionedDocuments;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What rules there were at a time, against those there are now. */
@ApplicationScoped
public class RulesThen {

    private static final int MOST_RULES = 50;
    private static final int MOST_CHANGES = 200;

    private final ActiveRules active;
    private final VersionedDocuments documents;

    RulesThen(ActiveRules active, VersionedDocuments documents) {
        this.active = active;
        this.documents = documents;
    }

    /** The rules there are now, switched on or off. */
    public List<Rule> now(Predicate<Rule> concerned) {
        return active.rules().values().stream()
                .map(ActiveRule::rule)
                .filter(concerned)
                .toList();
    }

    /** Those of the rules there are now that were not in force then. */
    public Uni<List<RuleNotThen>> notThen(Instant at, Predicate<Rule> concerned) {
        return Multi.createFrom()
                .iterable(now(concerned).stream().limit(MOST_RULES).toList())
                .onItem()
                .transformToUniAndConcatenate(rule -> documents
                        .history(PublishedRules.TOPIC, rule.id(), MOST_CHANGES)
                        .map(changes -> RuleNotThen.of(rule, changes, at)))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }
}
