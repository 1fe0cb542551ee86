package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.platform.latest.AsOf;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What memory knew for a batch of hearings, each at its own position. */
record Known(Map<AsOf<EntityKey>, Map<String, Object>> entities, Map<AsOf<SetKey>, CollectedSet> collected) {

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
