package dev.carillon.eventsourced.reaction;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.function.ToLongFunction;

/** Yields the event loop when rules have held it for some milliseconds. Not thread-safe. */
final class EventLoopYield {

    /** About 5 ms, see {@link dev.carillon.eventsourced.rule.Evaluation#spent}. */
    private static final int HELD_AT_MOST = 25_000;

    private long held;
    private long spent;

    /** All steps spent so far. */
    long spent() {
        return spent;
    }

    /**
     * Works through items in order, and lets others have their turn where that was dear.
     *
     * @param work returns the steps that an item cost
     */
    <T> Uni<Void> each(Iterable<T> items, ToLongFunction<T> work) {
        return each(items.iterator(), work);
    }

    /** The same; each item is taken when those before it are done. */
    <T> Uni<Void> each(Iterator<T> items, ToLongFunction<T> work) {
        while (items.hasNext()) {
            if (held >= HELD_AT_MOST) {
                held = 0;
                return turnOfOthers().chain(() -> each(items, work));
            }
            long steps = work.applyAsLong(items.next());
            spent += steps;
            held += steps;
        }
        return Uni.createFrom().voidItem();
    }

    private static Uni<Void> turnOfOthers() {
        var context = Vertx.currentContext();
        return context == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().emitter(emitter -> context.runOnContext(turn -> emitter.complete(null)));
    }
}
