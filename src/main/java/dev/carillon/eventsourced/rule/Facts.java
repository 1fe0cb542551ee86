package dev.carillon.eventsourced.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts from memory about an event. The caller loads them after folding in the event itself; an absent fact is an
 * empty map.
 *
 * @param order the order the event belongs to
 * @param product the product the event is about
 * @param collectedByItem for a collecting rule, the latest value of each item in the event's set
 * @param earlier for a rule with {@code after}, the event it must follow, or null if it has not arrived
 */
public record Facts(
        Map<String, @Nullable Object> order,
        Map<String, @Nullable Object> product,
        Map<String, @Nullable Object> collectedByItem,
        @Nullable RuleEvent earlier) {

    public Facts(
            Map<String, @Nullable Object> order,
            Map<String, @Nullable Object> product,
            Map<String, @Nullable Object> collectedByItem) {
        this(order, product, collectedByItem, null);
    }

    /** Memory knows nothing. */
    public static Facts none() {
        return new Facts(Map.of(), Map.of(), Map.of());
    }

    /** The same with the event that a rule with {@code after} found. */
    public Facts withEarlier(RuleEvent earlier) {
        return new Facts(order, product, collectedByItem, earlier);
    }
}
