package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What memory says to a batch of rule evaluations, each as of its own position. */
record LoadedFacts(Map<AsOf<EntityKey>, Map<String, Object>> entities, Map<AsOf<SetKey>, CollectedSet> sets) {

    /** Asks memory for everything that the rules mention. */
    static Uni<LoadedFacts> load(Tx tx, Memory memory, CollectedSets sets, List<RuleEvaluation> rules) {
        var entityKeys = rules.stream()
                .flatMap(rule -> rule.entityKeys().stream())
                .distinct()
                .toList();
        var setKeys = rules.stream()
                .map(RuleEvaluation::setKey)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return memory.entities(tx, entityKeys)
                .chain(entities -> sets.collected(tx, setKeys).map(collected -> new LoadedFacts(entities, collected)));
    }

    Facts of(RuleEvaluation rule) {
        var set = collected(rule);
        return new Facts(
                entity(rule, Memory.ORDER, "orderId"),
                entity(rule, Memory.PRODUCT, "productId"),
                set == null ? Map.of() : set.items(),
                rule.earlier());
    }

    @Nullable
    CollectedSet collected(RuleEvaluation rule) {
        return rule.setKey() == null ? null : sets.get(rule.setKey());
    }

    private Map<String, Object> entity(RuleEvaluation rule, String kind, String field) {
        return rule.event().data().get(field) instanceof String id
                ? entities.getOrDefault(rule.entityKey(kind, id), Map.of())
                : Map.of();
    }
}
