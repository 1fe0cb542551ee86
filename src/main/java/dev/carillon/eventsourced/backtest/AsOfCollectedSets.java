package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.eventsourced.reaction.CollectedSets;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a backtest's rules would have collected, as of each position. */
final class AsOfCollectedSets implements CollectedSets {

    private record CollectedVersion(Object value, Stamp stamp) {}

    private record OpenSet(long openedBy, Instant openedAt, Map<String, TreeMap<Long, CollectedVersion>> items) {}

    private final RuleBook book;
    private final Map<SetKey, OpenSet> sets = new HashMap<>();

    AsOfCollectedSets(RuleBook book) {
        this.book = book;
    }

    void fold(List<RecordedEvent> events) {
        events.stream().flatMap(event -> CollectedSets.collect(book, event)).forEach(this::keep);
    }

    private void keep(OfSet said) {
        var set = sets.computeIfAbsent(
                said.set(), key -> new OpenSet(said.position(), said.recordedAt(), new HashMap<>()));
        if (said.item() != null) {
            var versions = set.items().computeIfAbsent(said.item(), item -> new TreeMap<>());
            if (versions.isEmpty() || versions.lastEntry().getValue().stamp().compareTo(said.stamp()) < 0) {
                versions.put(said.position(), new CollectedVersion(said.value(), said.stamp()));
            }
        }
    }

    @Override
    public Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, Collection<AsOf<SetKey>> asked) {
        var found = new HashMap<AsOf<SetKey>, CollectedSet>();
        for (var key : asked) {
            var set = sets.get(key.key());
            if (set != null && set.openedBy() <= key.position()) {
                var items = new HashMap<String, Object>();
                set.items().forEach((item, versions) -> {
                    var version = versions.floorEntry(key.position());
                    if (version != null) {
                        items.put(item, version.getValue().value());
                    }
                });
                found.put(key, new CollectedSet(items, set.openedBy(), set.openedAt()));
            }
        }
        return Uni.createFrom().item(found);
    }
}
