package dev.carillon.apidriven.api;

import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The refusals that several endpoints share. */
final class Refusals {

    private Refusals() {
    }

    /** @param pointer what the caller calls the customer's id */
    static ProblemException unknownCustomer(String customerId, String pointer) {
        return new ProblemException(Problem.of(ProblemType.UNKNOWN_CUSTOMER, "Nobody is known as " + customerId)
                .withErrors(List.of(new FieldError("is not a known customer", pointer))));
    }

    /** A 422 that names what is wrong, if anything is. */
    static void unlessFine(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    /**
     * To be asked inside the transaction that writes, when it holds the journal: of two who saw the same version one is refused.
     *
     * @param seen    null when the caller does not care; 0 by whoever saw nothing
     * @param inForce 0 when there is none
     */
    static void unlessCurrent(@Nullable Integer seen, int inForce) {
        if (seen != null && seen != inForce) {
            throw new ProblemException(Problem.of(ProblemType.CONFLICT, seen == 0 ? "There is a version already: read it" : "It was changed since version " + seen + ": read it again")
                    .withErrors(List.of(new FieldError("is not the current version", "/version"))));
        }
    }
}
