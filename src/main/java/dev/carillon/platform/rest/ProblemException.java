package dev.carillon.platform.rest;

import dev.carillon.platform.rest.Problem.FieldError;
import java.util.List;

/** A refusal that becomes a problem answer. It has no stack trace, because it is no bug. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.title() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    /** @throws ProblemException 422 that names what is wrong, if anything is */
    public static void ifAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    public Problem problem() {
        return problem;
    }
}
