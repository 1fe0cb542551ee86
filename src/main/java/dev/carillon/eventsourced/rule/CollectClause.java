package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code collect}: waits until the latest values of all expected items together satisfy {@code when}.
 *
 * <p>It looks only at the set and its latest values, never at the order of arrival. Unexpected items are ignored.
 */
record CollectClause(
        Expression by,
        Expression item,
        Expression value,
        Expression expect,
        @Nullable Timeout timeout) {

    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);
    private static final Set<ScopeVariable> FACTS =
            EnumSet.of(ScopeVariable.EVENT, ScopeVariable.ORDER, ScopeVariable.PRODUCT);

    /** No id can be this, because blank text is none. */
    private static final String NO_ID = "";

    /**
     * How long a set may stay incomplete, and whether someone is notified after that.
     *
     * @param after from the set's first event
     * @param notification null if nobody is notified
     */
    record Timeout(Duration after, @Nullable NotifyClause notification) {

        static Timeout read(Section timeout, Set<ScopeVariable> available) {
            return new Timeout(
                    timeout.duration("after"),
                    timeout.has("notify") ? NotifyClause.read(timeout.section("notify"), available) : null);
        }
    }

    /** @param candidate what the notification of a timeout may use */
    static CollectClause read(Section collect, Set<ScopeVariable> candidate) {
        return new CollectClause(
                collect.expression("by", EVENT, ResultType.SCALAR),
                collect.expression("item", EVENT, ResultType.SCALAR),
                collect.expression("value", EVENT, ResultType.SCALAR),
                collect.expression("expect", FACTS, ResultType.LIST),
                collect.has("timeout") ? Timeout.read(collect.section("timeout"), candidate) : null);
    }

    /** What the event adds to which set; empty if it names no set. */
    Optional<Collected> collecting(Scope scope) {
        ExpressionResult key = by.scalar(scope);
        if (key.failed()) {
            return Optional.empty();
        }
        ExpressionResult member = item.scalar(scope);
        ExpressionResult latest = value.value(scope);
        boolean adds = !member.failed() && latest.value() != null;
        return Optional.of(new Collected(
                (String) key.value(), adds ? (String) member.value() : null, adds ? latest.value() : null));
    }

    /** The scope in which {@code collected} holds the collected values, or the problem that nothing is expected. */
    CollectedValues collected(Scope scope) {
        ExpressionResult expected = expect.value(scope);
        if (expected.problem() != null) {
            return new CollectedValues(scope, List.of(), expected.problem());
        }
        Set<String> items = itemsIn(expected.value());
        if (items.isEmpty() || items.contains(NO_ID)) {
            return new CollectedValues(
                    scope, List.of(), expect.text() + (items.isEmpty() ? ": no items" : ": an item without an id"));
        }
        Map<String, @Nullable Object> latest = scope.facts().collectedByItem();
        List<@Nullable Object> values =
                items.stream().<@Nullable Object>map(id -> latestOf(latest, id)).toList();
        return new CollectedValues(scope.withCollected(values), values, null);
    }

    /** The gate: complete, or how far it is. */
    GateResult gate(Condition when, Scope scope) {
        ExpressionResult key = by.scalar(scope);
        if (key.problem() != null) {
            return GateResult.refused(Gate.WHEN, Reason.CONDITION_FALSE, key.problem());
        }
        CollectedValues collected = collected(scope);
        if (collected.problem() != null) {
            return GateResult.refused(Gate.WHEN, Reason.AWAITING_CORRELATION, collected.problem());
        }
        if (when.gate(collected.scope()).passed()) {
            return GateResult.passed(
                    Gate.WHEN,
                    progress(collected.values().size(), collected.values().size()));
        }
        long there = collected.values().stream()
                .filter(value -> when.gate(scope.withCollected(List.of(value))).passed())
                .count();
        return GateResult.refused(
                Gate.WHEN,
                Reason.AWAITING_CORRELATION,
                progress(there, collected.values().size()));
    }

    private static String progress(long there, int expected) {
        return there + " of " + expected;
    }

    private static Object latestOf(Map<String, @Nullable Object> latest, String id) {
        Object value = latest.get(id);
        return value == null ? "" : value;
    }

    /** Item ids as text, from scalars or from maps with an {@code id}; anything else stands as {@link #NO_ID}. */
    private static Set<String> itemsIn(@Nullable Object expected) {
        Set<String> ids = new LinkedHashSet<>();
        if (expected instanceof Collection<?> items) {
            for (Object item : items) {
                CelValue.text(item instanceof Map<?, ?> map ? map.get("id") : item)
                        .ifPresentOrElse(ids::add, () -> ids.add(NO_ID));
            }
        }
        return ids;
    }

    /** @param problem why there is nothing to compare with, or null */
    record CollectedValues(
            Scope scope,
            List<@Nullable Object> values,
            @Nullable String problem) {}
}
