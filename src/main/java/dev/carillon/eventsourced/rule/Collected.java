package dev.carillon.eventsourced.rule;

import org.jspecify.annotations.Nullable;

/**
 * What a collecting rule takes from an event: the set to look at, and what to remember in it.
 *
 * @param key the set, e.g. the order id
 * @param item the member this event speaks of, or null if it adds nothing and the set is only looked at again
 * @param value the member's new value (String, Long, Double or Boolean); null exactly when {@code item} is
 */
public record Collected(
        String key, @Nullable String item, @Nullable Object value) {

    public Collected {
        if ((item == null) != (value == null)) {
            throw new IllegalArgumentException("an item and its value come together");
        }
    }

    /** Whether there is something to remember. */
    public boolean adds() {
        return item != null;
    }
}
