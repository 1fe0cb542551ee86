package dev.carillon.platform.query;

import org.jspecify.annotations.Nullable;

/** An answer that has a version: it becomes its {@code ETag}. */
public interface Versioned {

    /** Null or 0 where nothing was written yet. */
    @Nullable Integer version();
}
