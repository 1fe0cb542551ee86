package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests by method and path alone, before the body is read. To add one, write a bean; no other file changes.
 */
public interface HeadRule {

    /** Null lets it pass. */
    @Nullable
    Problem refusal(String method, String path);
}
