package dev.carillon.platform.versions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is in force of a document, according to the database.
 *
 * @param fileVersion what its file says, as the replica saw it that looked last; null when no file has it
 * @param apiVersion  what the API put, which counts before the file; null when nothing
 * @param switched    on or off by hand; null when the document itself decides
 * @param since       when the version in force came into force
 */
public record DocumentState(
        String id,
        @Nullable String fileVersion,
        @Nullable String apiVersion,
        @Nullable Boolean switched,
        Instant since) {

    public @Nullable String inForce() {
        return apiVersion != null ? apiVersion : fileVersion;
    }
}
