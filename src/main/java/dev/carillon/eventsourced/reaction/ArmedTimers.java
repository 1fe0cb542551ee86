package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.Timer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tracks what a batch of triggers has armed and closed so far. The size of a batch must not change the result: a
 * trigger later than a timer armed in the batch waits for the next batch, which sees that timer. Pure.
 */
final class ArmedTimers {

    private final Map<String, Instant> digests = new HashMap<>();
    private final Set<Digest.DigestKey> closed = new HashSet<>();
    private Instant earliest = Instant.MAX;

    void timer(Timer timer) {
        earliest = timer.dueAt().isBefore(earliest) ? timer.dueAt() : earliest;
    }

    /** Adds a digest that took an item and may close for it later. */
    void digest(Digest digest) {
        digests.put(digest.timer().id(), digest.timer().dueAt());
    }

    /** A closing digest takes no more items, but is removed only with the whole batch. */
    void answered(Trigger trigger) {
        if (trigger instanceof Trigger.TimedTrigger due && due.timer().kind() == Timer.TimerKind.DIGEST) {
            closed.add(Digest.DigestKey.of(due.timer()));
        }
    }

    /** @param joining the digests that what is decided on the trigger belongs to */
    boolean comesBefore(Trigger trigger, Collection<Digest.DigestKey> joining) {
        return !earliest.isAfter(trigger.at())
                || digests.values().stream().anyMatch(dueAt -> !dueAt.isAfter(trigger.at()))
                || trigger instanceof Trigger.TimedTrigger due
                        && digests.containsKey(due.timer().id()) // claimed as it was before
                || joining.stream().anyMatch(closed::contains);
    }
}
