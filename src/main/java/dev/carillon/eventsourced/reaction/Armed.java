package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.waiting.Digest;
import dev.carillon.eventsourced.waiting.Timer;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of occasions has armed and closed so far. How many occasions lie ready together depends on the hour, and
 * what they lead to must not: one that comes later than what was armed has to wait for the next batch, which sees it. Pure.
 */
final class Armed {

    private final Map<String, Instant> digests = new HashMap<>();
    private final Set<Digest.Key> closed = new HashSet<>();
    private Instant earliest = Instant.MAX;

    void timer(Timer timer) {
        earliest = timer.dueAt().isBefore(earliest) ? timer.dueAt() : earliest;
    }

    /** One that took an item, and may end later for it. */
    void digest(Digest digest) {
        digests.put(digest.timer().id(), digest.timer().dueAt());
    }

    /** What closes takes nothing any more, but is struck off only with the whole batch. */
    void answered(Occasion occasion) {
        if (occasion instanceof Occasion.Timed due && due.timer().kind() == Timer.Kind.DIGEST) {
            closed.add(Digest.Key.of(due.timer()));
        }
    }

    /** @param joining the digests that what is decided on the occasion belongs to */
    boolean comesBefore(Occasion occasion, Collection<Digest.Key> joining) {
        return !earliest.isAfter(occasion.at())
                || digests.values().stream().anyMatch(dueAt -> !dueAt.isAfter(occasion.at()))
                || occasion instanceof Occasion.Timed due && digests.containsKey(due.timer().id())      // claimed as it was before
                || joining.stream().anyMatch(closed::contains);
    }
}
