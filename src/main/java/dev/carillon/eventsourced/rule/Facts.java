package dev.carillon.eventsourced.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What memory knows about an event, loaded by the caller after the event itself was folded in; an absent fact is an empty map.
 *
 * @param order the order the event belongs to
 * @param product the product the event is about
 * @param collectedByItem for a collecting rule, the latest value of each item in the event's set
 */
public record Facts(
        Map<String, @Nullable Object> order,
        Map<String, @Nullable Object> product,
        Map<String, @Nullable Object> collectedByItem) {

    /** Memory knows nothing. */
    public static Facts none() {
        return new Facts(Map.of(), Map.of(), Map.of());
    }
}
