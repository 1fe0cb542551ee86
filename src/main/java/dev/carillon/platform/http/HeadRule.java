package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import org.jspecify.annotations.Nullable;

/** Refuses requests by method and path alone, before anything of a body is read. A new one is a bean; nothing else is edited. */
public interface HeadRule {

    /** Null lets it pass. */
    @Nullable
    Problem refusal(String method, String path);
}
