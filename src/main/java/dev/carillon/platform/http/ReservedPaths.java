package dev.carillon.platform.http;

import java.util.List;

/**
 * The paths that are served even when all connections are taken: probes, unsubscribe links, and providers' callbacks.
 * None needs a key.
 */
final class ReservedPaths {

    private static final List<String> ALL = List.of("/healthz/", "/q/health", "/unsubscribe/", "/api/v1/callbacks/");

    private ReservedPaths() {}

    /** @param target as a request line has it: a path or a whole address */
    static boolean contain(String target) {
        var path = target.startsWith("/") ? target : target.replaceFirst("^(?i)https?://[^/]*", "");
        return ALL.stream().anyMatch(path::startsWith);
    }
}
