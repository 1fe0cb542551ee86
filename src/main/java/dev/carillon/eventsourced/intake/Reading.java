package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventTooLargeException;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemType;

import java.util.List;

/** What one item of a request turned out to be. */
sealed interface Reading {

    /** An event that can be taken. */
    record Fit(EventEnvelope event) implements Reading {
    }

    /** One that cannot; pointers are into the item. */
    record Unfit(Problem problem) implements Reading {

        Unfit(List<FieldError> errors) {
            this(Problem.invalid(errors));
        }

        static Unfit tooLarge(EventTooLargeException failure) {
            return new Unfit(Problem.of(ProblemType.TOO_LARGE, "An event may have at most " + failure.limit()
                    + " bytes of data, traits and extensions, written as JSON").with("limit", failure.limit()));
        }

        List<FieldError> errors() {
            return problem.errors();
        }
    }
}
