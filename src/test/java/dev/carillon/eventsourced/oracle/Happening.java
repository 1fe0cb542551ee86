package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the journal has it.
 *
 * @param position its place in the journal, counted from 1 within the history
 */
record Happening(
        int position,
        Instant recorded,
        String id,
        String customer,
        String type,
        Instant occurred,
        Map<String, @Nullable Object> data,
        Map<String, Object> traits) {

    Happening at(int place) {
        return new Happening(place, recorded, id, customer, type, occurred, data, traits);
    }

    @Nullable
    String text(String name) {
        return data.get(name) instanceof String text ? text : null;
    }

    /** What counts of the time its sender says: nothing happens after it was recorded. */
    Instant counted() {
        return isAhead() ? recorded : occurred;
    }

    /**
     * Of what two events say, the later counts. Of two that count as of the same instant, one that counts by its recording comes after one
     * that happened then; of two of the former, the one that was recorded later; of two of the latter, the one with the greater id.
     */
    boolean isNewsTo(@Nullable Happening known) {
        if (known == null) {
            return true;
        }
        int byTime = counted().compareTo(known.counted());
        if (byTime != 0) {
            return byTime > 0;
        }
        return isAhead() && known.isAhead()
                ? position > known.position
                : isAhead() || !known.isAhead() && id.compareTo(known.id) > 0;
    }

    private boolean isAhead() {
        return !occurred.isBefore(recorded);
    }
}
