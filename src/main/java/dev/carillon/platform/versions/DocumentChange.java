package dev.carillon.platform.versions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a document's history.
 *
 * @param kind    what happened, in a word
 * @param version in force from then on; null when none
 * @param origin  where that version comes from, {@code api} or {@code file}
 * @param by      the API key that made the change; null if a file changed
 */
public record DocumentChange(
        String kind,
        @Nullable String version,
        @Nullable String origin,
        @Nullable String file,
        Instant at,
        @Nullable String by) {}
