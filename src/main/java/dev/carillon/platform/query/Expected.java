package dev.carillon.platform.query;

import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What must be in force for a change to be made; without either header anything may be, and nothing.
 *
 * @param ifMatch     {@code If-Match}: one of these versions, or any for {@code *}
 * @param ifNoneMatch {@code If-None-Match}: none of these versions, or nothing at all for {@code *}
 */
public record Expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

    /** @throws ProblemException 412 when it is not so */
    public void verify(@Nullable String inForce) {
        if (ifMatch != null && !Tags.of(HttpHeaders.IF_MATCH, ifMatch).nameExactly(inForce)
                || ifNoneMatch != null && Tags.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch).name(inForce)) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, inForce == null ? "No version is in force" : "Version " + inForce + " is in force");
        }
    }
}
