package dev.carillon.eventsourced.rule;

import dev.cel.common.values.CelByteString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps a rule's expressions may still take for one event.
 *
 * <p>A step is one evaluated node of an expression, about 0.2 µs; slower operations cost more steps. Steps are counted,
 * not timed, so a backtest, a replay and an explanation stop where the service stopped. Not thread-safe.
 */
final class Budget {

    /** For one answer of a rule, about 5 ms: a plain condition on each of a thousand items costs 9,000. */
    static final int ANSWER = 25_000;

    /**
     * What each customer of an audience adds: about what delivering one notification costs. A usual decision costs 100.
     */
    static final int CUSTOMER = 2_000;

    /** For saying which set an event belongs to, which every event is asked when it is recorded. */
    static final int COLLECTING = 500;

    /** An exception, and with it its stack trace, for what has no value. */
    static final int FAILURE = 100;

    /** Characters read in one step. */
    static final int READ = 256;

    /** Characters copied in one step; bounds what can be built to {@code ANSWER * BUILT}. */
    static final int BUILT = 64;

    private long left;
    private long leftOfTurn;
    private long spent;

    Budget(int steps) {
        this.left = steps;
        this.leftOfTurn = steps;
    }

    /** More customers share it. */
    void add(int customers) {
        left += (long) customers * CUSTOMER;
    }

    /** Begins an answer, which may cost {@link #ANSWER} and no more than is left. */
    void begin() {
        leftOfTurn = Math.min(left, ANSWER);
    }

    /** All that was spent so far. */
    long spent() {
        return spent;
    }

    void spend(long steps) {
        long paid = Math.min(steps, leftOfTurn);
        spent += paid;
        left -= paid;
        leftOfTurn -= paid;
        if (paid < steps) {
            throw Spent.INSTANCE;
        }
    }

    /** Pays for a look at all of a value, however deep; what is not paid for is not looked at. */
    void spendOn(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            spend(text.length() / READ);
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                spend(1);
                spendOn(item);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                spend(1);
                spendOn(entry.getKey());
                spendOn(entry.getValue());
            }
        } else if (value instanceof CelByteString bytes) {
            spend(bytes.size() / READ);
        }
    }

    /**
     * The budget is spent. It is an error, not an exception: CEL turns exceptions into values, which {@code ||} and
     * {@code all} may swallow.
     */
    static final class Spent extends Error {

        private static final long serialVersionUID = 1L;

        private static final Spent INSTANCE = new Spent();

        private Spent() {
            super("the budget is spent", null, false, false);
        }
    }
}
