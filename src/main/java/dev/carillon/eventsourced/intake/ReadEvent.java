package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventSizes.EventTooLargeException;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemType;
import java.util.List;

/** The result of reading one item of a request. */
sealed interface ReadEvent {

    /** A valid event. */
    record ValidEvent(EventEnvelope event) implements ReadEvent {}

    /** An invalid event; pointers are into the item. */
    record InvalidEvent(Problem problem) implements ReadEvent {

        InvalidEvent(List<FieldError> errors) {
            this(Problem.invalid(errors));
        }

        static InvalidEvent tooLarge(EventTooLargeException failure) {
            return new InvalidEvent(Problem.of(
                            ProblemType.TOO_LARGE,
                            "An event may have at most " + failure.limit()
                                    + " bytes of data, traits and extensions, written as JSON")
                    .with("limit", failure.limit()));
        }

        List<FieldError> errors() {
            return problem.errors();
        }
    }
}
