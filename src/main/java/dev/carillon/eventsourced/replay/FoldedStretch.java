package dev.carillon.eventsourced.replay;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;

/**
 * The part of the journal that has been folded so far, from its beginning.
 *
 * @param place  of its last event
 * @param events how many
 * @param last   whether there was nothing behind it when it was read
 */
record FoldedStretch(EventPlace place, long events, boolean last) {

    static final FoldedStretch NOTHING = new FoldedStretch(EventPlace.BEGINNING, 0, false);

    FoldedStretch and(Portion<RecordedEvent> next) {
        var folded = next.events();
        return new FoldedStretch(
                folded.isEmpty() ? place : folded.get(folded.size() - 1).place(), events + folded.size(), !next.more());
    }
}
