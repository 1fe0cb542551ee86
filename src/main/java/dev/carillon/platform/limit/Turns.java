package dev.carillon.platform.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits work that takes much heap: so many at once, and no tenant more than half of them. The others wait in the order
 * of arrival.
 */
public final class Turns {

    /** Of the heap for each: what was read, as it is read, as values, as JSON, and compressed. */
    private static final long HEAP_FOR_EACH = 64 << 20;

    private static final int LEAST = 2;
    /** The most that wait; further callers are told to come back. */
    private static final int MOST_WAITING = 1_000;

    private final int most;
    private final List<Turn> waiting = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int allTaken;

    public Turns(int most) {
        this.most = most;
    }

    /** How many the heap has room for. */
    public static int thatTheHeapHolds() {
        return (int) Math.max(LEAST, Runtime.getRuntime().maxMemory() / HEAP_FOR_EACH);
    }

    /** One waiting request. */
    public final class Turn {

        private final String tenant;
        private final Runnable begin;
        private boolean begun;

        private Turn(String tenant, Runnable begin) {
            this.tenant = tenant;
            this.begin = begin;
        }

        /** Has been answered, or waits no more; however often it is called. */
        public void end() {
            List<Turn> next;
            synchronized (Turns.this) {
                waiting.remove(this);
                if (begun) {
                    begun = false;
                    allTaken--;
                    taken.computeIfPresent(tenant, (who, many) -> many == 1 ? null : many - 1);
                }
                next = next();
            }
            next.forEach(turn -> turn.begin.run());
        }
    }

    /** Null if too many wait already. {@code begin} runs when the turn comes: at once, or when another turn ends. */
    public @Nullable Turn ask(String tenant, Runnable begin) {
        var turn = new Turn(tenant, begin);
        List<Turn> next;
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return null;
            }
            waiting.add(turn);
            next = next();
        }
        next.forEach(one -> one.begin.run());
        return turn;
    }

    /** The same for who does not wait: null when it is not their turn now. */
    public @Nullable Turn take(String tenant) {
        var turn = new Turn(tenant, () -> {});
        synchronized (this) {
            return isFor(turn) ? begun(turn) : null;
        }
    }

    private List<Turn> next() {
        var next = new ArrayList<Turn>();
        for (var waits = waiting.iterator(); waits.hasNext() && allTaken < most; ) {
            var turn = waits.next();
            if (isFor(turn)) {
                waits.remove();
                next.add(begun(turn));
            }
        }
        return next;
    }

    private boolean isFor(Turn turn) {
        return allTaken < most && taken.getOrDefault(turn.tenant, 0) < (most + 1) / 2;
    }

    private Turn begun(Turn turn) {
        turn.begun = true;
        allTaken++;
        taken.merge(turn.tenant, 1, Integer::sum);
        return turn;
    }
}
