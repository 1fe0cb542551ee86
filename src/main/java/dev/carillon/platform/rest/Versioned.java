package dev.carillon.platform.rest;

import dev.carillon.platform.rest.Problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer with a version, which becomes its {@code ETag}. */
public interface Versioned {

    /** Null or 0 where nothing was written yet. */
    @Nullable
    Integer version();

    /**
     * Call it inside the writing transaction, when it holds the journal: of two callers who saw the same version one is
     * refused.
     *
     * @param seen    null if the caller does not care; 0 if they saw nothing
     * @param inForce 0 when there is none
     * @throws ProblemException 409 when another version is in force
     */
    static void requireCurrent(@Nullable Integer seen, int inForce) {
        if (seen != null && seen != inForce) {
            throw new ProblemException(Problem.of(
                            ProblemType.CONFLICT,
                            seen == 0
                                    ? "There is a version already: read it"
                                    : "It was changed since version " + seen + ": read it again")
                    .withErrors(List.of(new FieldError("is not the current version", "/version"))));
        }
    }
}
