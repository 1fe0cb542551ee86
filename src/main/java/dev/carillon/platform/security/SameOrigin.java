package dev.carillon.platform.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page of our own asks, or nobody's: a browser says it of every request ({@code Sec-Fetch-Site}); older ones
 * name the page's {@code Origin}, whose host must be the one that is asked.
 */
final class SameOrigin {

    private static final Set<String> OURS = Set.of("same-origin", "none");

    private SameOrigin() {}

    static boolean is(HttpServerRequest request) {
        var authority = request.authority();
        return is(
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader(HttpHeaders.ORIGIN),
                authority == null ? null : authority.toString());
    }

    static boolean is(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null) {
            return OURS.contains(site);
        }
        return origin == null
                || host != null && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }
}
