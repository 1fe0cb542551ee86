package dev.carillon.eventsourced.ruleset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule's state in the database.
 *
 * @param fileVersion what its file says, as the replica saw it that looked last; null when no file has it
 * @param apiVersion  what the API put, which counts before the file; null when nothing
 * @param yaml        the text of {@code apiVersion}
 * @param switched    on or off by hand; null when the rule itself decides
 * @param since       when the version in force came into force
 */
record StoredRule(
        String id,
        @Nullable String fileVersion,
        @Nullable String apiVersion,
        @Nullable String yaml,
        @Nullable Boolean switched,
        Instant since) {

    @Nullable
    String inForce() {
        return apiVersion != null ? apiVersion : fileVersion;
    }
}
