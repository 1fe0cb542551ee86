package dev.carillon.delivery.outbox;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits of one tenant in one lane of a channel.
 *
 * @param priority    the lane: 0 high, 1 normal, 2 low
 * @param due         could be sent now
 * @param setAside    due, and waiting for its destination
 * @param sending     leased by a process
 * @param later       due later
 * @param held        evaluated again before it goes
 * @param oldestDueAt since when the oldest of what is due or set aside is; null when nothing is
 */
public record LaneQueue(
        String channel,
        int priority,
        BoundedCount due,
        BoundedCount setAside,
        BoundedCount sending,
        BoundedCount later,
        BoundedCount held,
        @Nullable Instant oldestDueAt) {

    public boolean isEmpty() {
        return Stream.of(due, setAside, sending, later, held).allMatch(BoundedCount.NONE::equals);
    }
}
