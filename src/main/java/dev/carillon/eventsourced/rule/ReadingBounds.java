package dev.carillon.eventsourced.rule;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Limits the size of the rules in one document, and can cancel reading them. One instance for each reading. A
 * deployment's own rule files have no limits.
 */
public final class ReadingBounds {

    /** Rules of one document. */
    public static final int RULES = 1_000;

    /** Names, literals and operators of all expressions of a document; each takes half a kilobyte of the heap. */
    static final int PARTS = 50_000;

    /** Instructions of all patterns of a document. */
    static final int PATTERN_STEPS = 50_000;

    private final boolean bounded;
    private final BooleanSupplier stopped;
    private int parts;
    private int patternSteps;

    private ReadingBounds(boolean bounded, BooleanSupplier stopped) {
        this.bounded = bounded;
        this.stopped = stopped;
    }

    public static ReadingBounds none() {
        return new ReadingBounds(false, () -> false);
    }

    /** @param stopped whether nobody waits for the rules any more; asked before each rule and each expression */
    public static ReadingBounds untilStopped(BooleanSupplier stopped) {
        return new ReadingBounds(true, stopped);
    }

    /** @throws CancellationException when nobody waits any more */
    public void goOn() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("nobody waits for these rules any more");
        }
    }

    /** The error if there are too many rules. */
    Optional<String> tooMany(int rules) {
        return bounded && rules > RULES
                ? Optional.of("may be at most " + RULES + " rules, not " + rules)
                : Optional.empty();
    }

    /** Counts an expression in; what is wrong with it then. */
    Optional<String> tooMuchWith(int moreParts) {
        parts += moreParts;
        return bounded && parts > PARTS
                ? Optional.of("the expressions up to here come to more than " + PARTS
                        + " names, literals and operators, as many as a document may have")
                : Optional.empty();
    }

    /** Counts a pattern in; what is wrong with it then. */
    Optional<String> tooMuchWithPattern(int moreSteps) {
        patternSteps += moreSteps;
        return bounded && patternSteps > PATTERN_STEPS
                ? Optional.of("the patterns up to here come to more than " + PATTERN_STEPS
                        + " steps, as many as those of a document may")
                : Optional.empty();
    }
}
