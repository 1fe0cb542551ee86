package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** What rules have collected: in memory, or in a backtest in the sets of the rules under test. */
public interface CollectedSets {

    Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, Collection<AsOf<SetKey>> sets);

    /** What the rules of a book collect from one event. */
    static Stream<OfSet> collect(RuleBook book, RecordedEvent recorded) {
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
