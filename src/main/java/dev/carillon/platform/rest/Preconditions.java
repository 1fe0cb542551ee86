package dev.carillon.platform.rest;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The preconditions of a change. Without either header any state is accepted.
 *
 * @param ifMatch     {@code If-Match}: one of these versions, or any for {@code *}
 * @param ifNoneMatch {@code If-None-Match}: none of these versions, or nothing at all for {@code *}
 */
public record Preconditions(
        @HeaderParam(HttpHeaders.IF_MATCH)
        @Parameter(description = "The ETag that must be current, or `*` for any; otherwise 412", example = "\"3\"")
        @Nullable
        String ifMatch,

        @HeaderParam(HttpHeaders.IF_NONE_MATCH)
        @Parameter(
                description = "The ETag that must not be current, or `*`: there must be none yet; otherwise 412",
                example = "*")
        @Nullable
        String ifNoneMatch) {

    /** @throws ProblemException 412 when it is not so */
    public void verify(@Nullable String inForce) {
        verify(inForce, null);
    }

    /**
     * @param alsoCalled a name that stands for the same, for callers who know it from elsewhere than the {@code ETag}
     * @throws ProblemException 412 when it is not so
     */
    public void verify(@Nullable String inForce, @Nullable String alsoCalled) {
        if (ifMatch != null
                        && Stream.of(inForce, alsoCalled).noneMatch(Tags.of(HttpHeaders.IF_MATCH, ifMatch)::nameExactly)
                || ifNoneMatch != null
                        && Stream.of(inForce, alsoCalled)
                                .anyMatch(Tags.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)::name)) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    inForce == null
                            ? "There is no current version"
                            : "Version " + (alsoCalled == null ? inForce : alsoCalled) + " is the current one");
        }
    }
}
