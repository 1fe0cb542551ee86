package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.problem.Problem.FieldError;

import java.util.List;

/** What one item of a request turned out to be. */
sealed interface Reading {

    /** An event that can be taken. */
    record Fit(EventEnvelope event) implements Reading {
    }

    /** One that cannot; pointers are into the item. */
    record Unfit(List<FieldError> errors) implements Reading {

        public Unfit {
            errors = List.copyOf(errors);
        }
    }
}
