package dev.carillon.eventsourced.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects all errors in a rule's clauses, so that the author sees them all at once. */
final class Findings {

    private static final Comparator<InvalidRuleException.RuleProblem> BY_PLACE = Comparator.comparingInt(
                    InvalidRuleException.RuleProblem::line)
            .thenComparingInt(InvalidRuleException.RuleProblem::column);

    private final List<InvalidRuleException.RuleProblem> problems = new ArrayList<>();

    /** Reads a clause; null if it cannot be used, and then the whole rule cannot. */
    <T> @Nullable T read(Supplier<T> clause) {
        try {
            return clause.get();
        } catch (InvalidRuleException broken) {
            problems.addAll(broken.problems());
            return null;
        }
    }

    /** The same for a clause that need not be there. */
    <T> @Nullable T readIf(boolean there, Supplier<T> clause) {
        return there ? read(clause) : null;
    }

    /** @throws InvalidRuleException if any clause was broken, with all of their problems in the order of the file */
    void refuseIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(
                    problems.stream().distinct().sorted(BY_PLACE).toList());
        }
    }
}
