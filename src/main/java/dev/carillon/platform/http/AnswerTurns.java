package dev.carillon.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may be given a large answer now: so many at once that the heap holds them, and no tenant more than half of them. The others wait for
 * their turn, in the order in which they asked.
 */
@ApplicationScoped
class AnswerTurns {

    /** Of the heap for each: what was read, as it is read, as values, as JSON, and compressed. */
    private static final long HEAP_FOR_EACH = 64 << 20;
    private static final int LEAST = 2;
    /** So many wait; whoever asks then is told to come back. */
    private static final int MOST_WAITING = 1_000;

    private final int most;
    private final List<Turn> waiting = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int allTaken;

    @Inject
    AnswerTurns(HttpSettings settings) {
        this(settings.largeAnswersAtOnce().orElseGet(() -> (int) Math.max(LEAST, Runtime.getRuntime().maxMemory() / HEAP_FOR_EACH)));
    }

    AnswerTurns(int most) {
        this.most = most;
    }

    /** One who asks. */
    final class Turn {

        private final String tenant;
        private final Runnable begin;
        private boolean begun;

        private Turn(String tenant, Runnable begin) {
            this.tenant = tenant;
            this.begin = begin;
        }

        /** Has been answered, or waits no more; however often it is called. */
        void end() {
            List<Turn> next;
            synchronized (AnswerTurns.this) {
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

    /** Null when too many wait already. {@code begin} is called when it is the turn of this one: at once, or by whoever ends theirs. */
    @Nullable Turn ask(String tenant, Runnable begin) {
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

    private List<Turn> next() {
        var next = new ArrayList<Turn>();
        for (var waits = waiting.iterator(); waits.hasNext() && allTaken < most; ) {
            var turn = waits.next();
            if (taken.getOrDefault(turn.tenant, 0) < (most + 1) / 2) {
                waits.remove();
                turn.begun = true;
                allTaken++;
                taken.merge(turn.tenant, 1, Integer::sum);
                next.add(turn);
            }
        }
        return next;
    }
}
