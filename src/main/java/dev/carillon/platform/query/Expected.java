package dev.carillon.platform.query;

import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What must be in force for a change to be made; without either header anything may be, and nothing.
 *
 * @param ifMatch     {@code If-Match}: one of these versions, or any for {@code *}
 * @param ifNoneMatch {@code If-None-Match}: none of these versions, or nothing at all for {@code *}
 */
public record Expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

    public Expected(@Nullable String ifMatch) {
        this(ifMatch, null);
    }

    /** @throws ProblemException 412 when it is not so */
    public void verify(@Nullable String inForce) {
        if (ifMatch != null && !Tags.name(ifMatch, inForce) || ifNoneMatch != null && Tags.name(ifNoneMatch, inForce)) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, inForce == null ? "No version is in force" : "Version " + inForce + " is in force");
        }
    }
}
