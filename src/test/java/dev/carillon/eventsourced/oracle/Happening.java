package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the journal has it.
 *
 * @param position its place in the journal, counted from 1 within the history
 */
record Happening(int position, Instant recorded, String id, String customer, String type, Instant occurred,
                 Map<String, @Nullable Object> data, Map<String, Object> traits) {

    Happening at(int place) {
        return new Happening(place, recorded, id, customer, type, occurred, data, traits);
    }

    @Nullable String text(String name) {
        return data.get(name) instanceof String text ? text : null;
    }

    /** Of what two events say, the later counts; of two that happened at the same instant, the one with the greater id. */
    boolean isNewsTo(@Nullable Happening known) {
        if (known == null) {
            return true;
        }
        int byTime = occurred.compareTo(known.occurred);
        return byTime > 0 || byTime == 0 && id.compareTo(known.id) > 0;
    }
}
