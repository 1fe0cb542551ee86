package dev.carillon.platform.versions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a document, as it was written.
 *
 * @param file where it stands; null if the API put it
 * @param at   when it was first in force
 * @param by   the API key that put it; null if it stands in a file
 */
public record DocumentVersion(
        String id,
        String version,
        String content,
        @Nullable String file,
        Instant at,
        @Nullable String by) {}
