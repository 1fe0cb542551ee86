package dev.carillon.eventsourced.replay;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.RecordedEvent;

import java.util.List;

/**
 * The beginning of the journal that is folded already.
 *
 * @param place  of its last event
 * @param events how many
 * @param last   whether there was nothing behind it when it was read
 */
record Stretch(EventPlace place, long events, boolean last) {

    static final Stretch NOTHING = new Stretch(EventPlace.BEGINNING, 0, false);

    Stretch and(List<RecordedEvent> next, int asked) {
        return new Stretch(next.isEmpty() ? place : next.get(next.size() - 1).place(), events + next.size(), next.size() < asked);
    }
}
