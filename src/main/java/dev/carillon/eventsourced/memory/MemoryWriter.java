package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.PgMemory.EntityVersion;
import dev.carillon.eventsourced.memory.PgMemory.Holder;
import dev.carillon.eventsourced.memory.PgMemory.SetItem;
import dev.carillon.eventsourced.memory.Remembering.OfEntity;
import dev.carillon.eventsourced.memory.Remembering.OfHolder;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes what events say into memory, in journal order: it reads the known state once, folds the batch, and writes a
 * version for each event with news. Only the append may call it: it holds the journal, so nobody else writes meanwhile.
 */
@ApplicationScoped
public class MemoryWriter {

    private final PgMemory store;

    MemoryWriter(PgMemory store) {
        this.store = store;
    }

    public Uni<Void> entities(Tx tx, List<OfEntity> said) {
        return said.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.states(tx, said.stream().map(OfEntity::key).distinct().toList())
                        .map(known -> news(said, known))
                        .chain(versions -> store.insertEntities(tx, versions));
    }

    public Uni<Void> holders(Tx tx, List<OfHolder> said) {
        return said.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.stampsOfHolders(
                                tx, said.stream().map(Holder::of).distinct().toList())
                        .map(known -> latest(said, known, Holder::of, OfHolder::stamp))
                        .chain(news -> store.insertHolders(tx, news));
    }

    public Uni<Void> sets(Tx tx, List<OfSet> said) {
        var items = said.stream().filter(one -> one.item() != null).toList();
        return said.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.openSets(tx, said)
                        .chain(() -> store.stampsOfItems(
                                tx, items.stream().map(SetItem::of).distinct().toList()))
                        .map(known -> latest(items, known, SetItem::of, OfSet::stamp))
                        .chain(news -> store.insertItems(tx, news));
    }

    private static List<EntityVersion> news(List<OfEntity> said, Map<EntityKey, LatestFields> known) {
        var states = new HashMap<>(known);
        var versions = new LinkedHashMap<List<Object>, EntityVersion>();
        for (var one : said) {
            var was = states.getOrDefault(one.key(), LatestFields.NOTHING);
            var is = one.said().apply(was);
            if (is != was) {
                states.put(one.key(), is);
                versions.put(List.of(one.key(), one.position()), new EntityVersion(one.key(), one.position(), is));
            }
        }
        return List.copyOf(versions.values());
    }

    /** Those later than what was known before; of several from one event the last. */
    private static <K, T extends Remembering> List<T> latest(
            List<T> said, Map<K, Stamp> known, Function<T, K> keyOf, Function<T, Stamp> stampOf) {
        var stamps = new HashMap<>(known);
        var news = new LinkedHashMap<List<Object>, T>();
        for (var one : said) {
            var key = keyOf.apply(one);
            var stamp = stampOf.apply(one);
            var was = stamps.get(key);
            if (was == null || was.compareTo(stamp) < 0 || news.containsKey(List.of(key, one.position()))) {
                stamps.put(key, stamp);
                news.put(List.of(key, one.position()), one);
            }
        }
        return new ArrayList<>(news.values());
    }
}
