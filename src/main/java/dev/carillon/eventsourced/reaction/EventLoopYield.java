package dev.carillon.eventsourced.reaction;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.ToLongFunction;

/** Yields the event loop when rules have held it for some milliseconds. Not thread-safe. */
final class EventLoopYield {

    /** About 5 ms, see {@link dev.carillon.eventsourced.rule.Evaluation#spent}. */
    private static final int HELD_AT_MOST = 25_000;

    private long held;
    private long spent;

    /** Adds the steps spent; returns whether a pause is due. */
    boolean spend(long steps) {
        spent += steps;
        held += steps;
        return held >= HELD_AT_MOST;
    }

    /** All steps spent so far. */
    long spent() {
        return spent;
    }

    /** Goes on when the others have had their turn. */
    Uni<Void> pause() {
        held = 0;
        var context = Vertx.currentContext();
        return context == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().emitter(emitter -> context.runOnContext(turn -> emitter.complete(null)));
    }

    /** Works through a list in order, pausing where it was dear. */
    <T> Uni<Void> each(List<T> items, ToLongFunction<T> work) {
        return each(items, 0, work);
    }

    private <T> Uni<Void> each(List<T> items, int from, ToLongFunction<T> work) {
        for (int i = from; i < items.size(); i++) {
            if (spend(work.applyAsLong(items.get(i))) && i + 1 < items.size()) {
                int next = i + 1;
                return pause().chain(() -> each(items, next, work));
            }
        }
        return Uni.createFrom().voidItem();
    }
}
