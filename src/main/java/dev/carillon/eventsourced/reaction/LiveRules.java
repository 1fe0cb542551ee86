package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.Occasion.Due;
import dev.carillon.eventsourced.reaction.Occasion.Heard;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.shelf.RuleShelf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules in force for what is heard; for what waits the version it was armed by, unless the rule was switched off since. */
@ApplicationScoped
class LiveRules implements Rules {

    private record Version(String id, String version) {
    }

    private final RuleShelf shelf;

    LiveRules(RuleShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Uni<Asking> asked(Tx tx, List<Occasion> occasions) {
        var pinned = occasions.stream().filter(Due.class::isInstance).map(Due.class::cast)
                .map(due -> new Version(due.timer().ruleId(), due.timer().ruleVersion())).distinct().toList();
        return Multi.createFrom().iterable(pinned)
                .onItem().transformToUniAndConcatenate(one -> inForce(one).map(rule -> Map.entry(one, rule)))
                .collect().asList().map(found -> {
                    var versions = new HashMap<Version, Optional<Rule>>();
                    found.forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
                    return asking(occasions, versions);
                });
    }

    private Asking asking(List<Occasion> occasions, Map<Version, Optional<Rule>> versions) {
        var book = shelf.book();
        var asked = new ArrayList<Asked>();
        var withdrawn = new ArrayList<Due>();
        for (var occasion : occasions) {
            if (occasion instanceof Heard heard) {
                listening(heard, book.listeningTo(heard.event().type())).forEach(rule -> asked.add(new Asked(heard, rule)));
            } else if (occasion instanceof Due due) {
                versions.get(new Version(due.timer().ruleId(), due.timer().ruleVersion()))
                        .ifPresentOrElse(rule -> asked.add(new Asked(due, rule)), () -> withdrawn.add(due));
            }
        }
        return new Asking(asked, withdrawn);
    }

    /** From where a large audience was left. */
    static List<Rule> listening(Heard heard, List<Rule> rules) {
        var cursor = heard.pending().cursor();
        return cursor == null ? rules : rules.stream().dropWhile(rule -> !rule.id().equals(cursor.rule())).toList();
    }

    private Uni<Optional<Rule>> inForce(Version pinned) {
        return shelf.book().rule(pinned.id()).filter(Rule::enabled).isEmpty() ? Uni.createFrom().item(Optional.empty())
                : shelf.version(pinned.id(), pinned.version());
    }
}
