package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.platform.latest.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What memory knew for a batch of hearings, each at its own position. */
record Known(Map<AsOf<EntityKey>, Map<String, Object>> entities, Map<AsOf<SetKey>, CollectedSet> collected) {

    /** Asks memory for everything the hearings' rules mention, as it stood at each. */
    static Uni<Known> of(Tx tx, Knowledge knowledge, CollectedSets sets, List<Hearing> hearings) {
        var things = hearings.stream().flatMap(hearing -> hearing.entityKeys().stream()).distinct().toList();
        var keys = hearings.stream().map(Hearing::setKey).filter(Objects::nonNull).distinct().toList();
        return knowledge.memory().entities(tx, things).chain(entities -> sets.collected(tx, keys).map(collected -> new Known(entities, collected)));
    }

    Facts factsFor(Hearing hearing) {
        var set = collectedFor(hearing);
        return new Facts(thing(hearing, Memory.ORDER, "orderId"), thing(hearing, Memory.PRODUCT, "productId"),
                set == null ? Map.of() : set.items(), hearing.earlier());
    }

    @Nullable CollectedSet collectedFor(Hearing hearing) {
        var key = hearing.setKey();
        return key == null ? null : collected.get(key);
    }

    private Map<String, Object> thing(Hearing hearing, String kind, String field) {
        return hearing.event().data().get(field) instanceof String id ? entities.getOrDefault(hearing.entityKey(kind, id), Map.of()) : Map.of();
    }
}
