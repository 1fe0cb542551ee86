package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.MemoryWriter;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Folds into memory what the active collecting rules take from events. */
@ApplicationScoped
class CollectProjection implements Projection {

    private final LiveRules rules;
    private final MemoryWriter memory;

    CollectProjection(LiveRules rules, MemoryWriter memory) {
        this.rules = rules;
        this.memory = memory;
    }

    @Override
    public boolean isMemory() {
        return true;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var books = new HashMap<String, RuleBook>();
        var collected = new ArrayList<OfSet>();
        return new EventLoopYield()
                .each(events, event -> {
                    var book = books.computeIfAbsent(event.event().tenant(), rules::book);
                    CollectedSets.collect(book, event).forEach(collected::add);
                    return book.listeningTo(event.event().type()).stream()
                                    .filter(Rule::collects)
                                    .count()
                            * Rule.COLLECTING_AT_MOST;
                })
                .chain(() -> memory.sets(tx, collected));
    }
}
