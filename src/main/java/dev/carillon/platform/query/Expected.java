package dev.carillon.platform.query;

import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** {@code If-Match}: the version that must be in force for a change to be made; without it any may be. */
public record Expected(@Nullable String header) {

    /** @throws ProblemException 412 when another version is in force, or none */
    public void verify(@Nullable String inForce) {
        if (header != null && Arrays.stream(header.split(",")).map(String::strip).noneMatch(tag -> fits(tag, inForce))) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED,
                    inForce == null ? "No version is in force" : "Version " + inForce + " is in force");
        }
    }

    private static boolean fits(String tag, @Nullable String inForce) {
        return inForce != null && (tag.equals("*") || tag.equals(inForce) || tag.equals('"' + inForce + '"'));
    }
}
