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

/** The facts from memory for a batch of rule evaluations, each as of its own position. */
record LoadedFacts(Map<AsOf<EntityKey>, Map<String, Object>> entities, Map<AsOf<SetKey>, CollectedSet> collected) {

    /** Asks memory for everything the hearings' rules mention, as it stood at each. */
    static Uni<LoadedFacts> of(Tx tx, AsOfLookups knowledge, CollectedSets sets, List<RuleEvaluation> ruleEvaluations) {
        var things = ruleEvaluations.stream()
                .flatMap(ruleEvaluation -> ruleEvaluation.entityKeys().stream())
                .distinct()
                .toList();
        var keys = ruleEvaluations.stream()
                .map(RuleEvaluation::setKey)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return knowledge
                .memory()
                .entities(tx, things)
                .chain(entities -> sets.collected(tx, keys).map(collected -> new LoadedFacts(entities, collected)));
    }

    Facts factsFor(RuleEvaluation ruleEvaluation) {
        var set = collectedFor(ruleEvaluation);
        return new Facts(
                thing(ruleEvaluation, Memory.ORDER, "orderId"),
                thing(ruleEvaluation, Memory.PRODUCT, "productId"),
                set == null ? Map.of() : set.items(),
                ruleEvaluation.earlier());
    }

    @Nullable
    CollectedSet collectedFor(RuleEvaluation ruleEvaluation) {
        var key = ruleEvaluation.setKey();
        return key == null ? null : collected.get(key);
    }

    private Map<String, Object> thing(RuleEvaluation ruleEvaluation, String kind, String field) {
        return ruleEvaluation.event().data().get(field) instanceof String id
                ? entities.getOrDefault(ruleEvaluation.entityKey(kind, id), Map.of())
                : Map.of();
    }
}
