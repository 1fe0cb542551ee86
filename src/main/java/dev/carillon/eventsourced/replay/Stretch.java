package dev.carillon.eventsourced.replay;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;

/**
 * The beginning of the journal that is folded already.
 *
 * @param place  of its last event
 * @param events how many
 * @param last   whether there was nothing behind it when it was read
 */
record Stretch(EventPlace place, long events, boolean last) {

    static final Stretch NOTHING = new Stretch(EventPlace.BEGINNING, 0, false);

    Stretch and(Portion<RecordedEvent> next) {
        var folded = next.events();
        return new Stretch(folded.isEmpty() ? place : folded.get(folded.size() - 1).place(), events + folded.size(), !next.more());
    }
}
