package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.memory.MemoryWriter;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folds into memory what the active collecting rules take from events. */
@ApplicationScoped
class CollectProjection implements Projection {

    private final ActiveRules shelf;
    private final MemoryWriter memory;

    CollectProjection(ActiveRules shelf, MemoryWriter memory) {
        this.shelf = shelf;
        this.memory = memory;
    }

    @Override
    public boolean isMemory() {
        return true;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var book = shelf.book();
        var collected = new ArrayList<OfSet>();
        return new EventLoopYield()
                .each(events, event -> {
                    collected(book, event).forEach(collected::add);
                    return book.listeningTo(event.event().type()).stream()
                                    .filter(Rule::collects)
                                    .count()
                            * Rule.COLLECTING_AT_MOST;
                })
                .chain(() -> memory.sets(tx, collected));
    }

    /** What the rules of a book collect from one event. */
    static Stream<OfSet> collected(RuleBook book, RecordedEvent recorded) {
        return book.listeningTo(recorded.event().type()).stream()
                .filter(Rule::collects)
                .flatMap(rule -> rule.collecting(RuleEvaluation.ruleEvent(recorded)).stream()
                        .map(collected -> new OfSet(
                                new SetKey(recorded.event().tenant(), rule.id(), collected.key()),
                                collected.item(),
                                collected.value(),
                                recorded.position(),
                                recorded.recordedAt(),
                                recorded.stamp())));
    }
}
