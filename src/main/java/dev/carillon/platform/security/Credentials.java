package dev.carillon.platform.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a caller's key: {@code X-API-Key}, or {@code Authorization: Bearer} for clients that support nothing else. */
final class Credentials {

    static final String HEADER = "X-API-Key";
    static final String BEARER = "Bearer";

    private Credentials() {}

    /** The key that is shown, be it an empty one; nothing where none is, or something else than a key. {@code X-API-Key} goes first. */
    static Optional<String> shown(HttpServerRequest request) {
        return shown(request.getHeader(HEADER), request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    static Optional<String> shown(@Nullable String apiKey, @Nullable String authorization) {
        return apiKey != null
                ? Optional.of(apiKey.strip())
                : authorization != null ? bearer(authorization) : Optional.empty();
    }

    private static Optional<String> bearer(String authorization) {
        var parts = authorization.strip().split("[ \t]+", 2);
        return !parts[0].equalsIgnoreCase(BEARER) ? Optional.empty() : Optional.of(parts.length == 1 ? "" : parts[1]);
    }
}
