package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Facts;

import java.util.Map;

/** What memory knows for a batch of hearings. */
record Known(Map<EntityKey, Map<String, Object>> entities, Map<SetKey, Map<String, Object>> collections) {

    Facts factsFor(Hearing hearing) {
        var data = hearing.event().data();
        return new Facts(
                data.get("orderId") instanceof String id ? entities.getOrDefault(hearing.orderKey(id), Map.of()) : Map.of(),
                data.get("productId") instanceof String id ? entities.getOrDefault(hearing.productKey(id), Map.of()) : Map.of(),
                hearing.setKey() == null ? Map.of() : collections.getOrDefault(hearing.setKey(), Map.of()));
    }
}
