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
    static Uni<LoadedFacts> load(Tx tx, Memory memory, CollectedSets sets, List<RuleEvaluation> evaluations) {
        var entityKeys = evaluations.stream()
                .flatMap(evaluation -> evaluation.entityKeys().stream())
                .distinct()
                .toList();
        var setKeys = evaluations.stream()
                .map(RuleEvaluation::setKey)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return memory.entities(tx, entityKeys)
                .chain(entities -> sets.collected(tx, setKeys).map(collected -> new LoadedFacts(entities, collected)));
    }

    Facts of(RuleEvaluation evaluation) {
        var set = collected(evaluation);
        return new Facts(
                entity(evaluation, Memory.ORDER, "orderId"),
                entity(evaluation, Memory.PRODUCT, "productId"),
                set == null ? Map.of() : set.items(),
                evaluation.earlier());
    }

    @Nullable
    CollectedSet collected(RuleEvaluation evaluation) {
        return evaluation.setKey() == null ? null : sets.get(evaluation.setKey());
    }

    private Map<String, Object> entity(RuleEvaluation evaluation, String kind, String field) {
        return evaluation.event().data().get(field) instanceof String id
                ? entities.getOrDefault(evaluation.entityKey(kind, id), Map.of())
                : Map.of();
    }
}
