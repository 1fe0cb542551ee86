package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.MemoryWriter;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Folds into memory what the active collecting rules take from events. */
@ApplicationScoped
class CollectProjection implements Projection {

    private final ActiveRules active;
    private final MemoryWriter memory;

    CollectProjection(ActiveRules active, MemoryWriter memory) {
        this.active = active;
        this.memory = memory;
    }

    @Override
    public boolean isMemory() {
        return true;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var book = active.book();
        var collected = new ArrayList<OfSet>();
        return new EventLoopYield()
                .each(events, event -> {
                    CollectedSets.collect(book, event).forEach(collected::add);
                    return book.listeningTo(event.event().type()).stream()
                                    .filter(Rule::collects)
                                    .count()
                            * Rule.COLLECTING_AT_MOST;
                })
                .chain(() -> memory.sets(tx, collected));
    }
}
