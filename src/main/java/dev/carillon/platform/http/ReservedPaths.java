package dev.carillon.platform.http;

import java.util.List;

/** What is answered even where all connections are taken: probes, links in mails, and callbacks of providers. None of it needs a key of ours. */
final class ReservedPaths {

    private static final List<String> ALL = List.of("/healthz/", "/q/health", "/unsubscribe/", "/api/v1/callbacks/");

    private ReservedPaths() {}

    /** @param target as a request line has it: a path or a whole address */
    static boolean contain(String target) {
        var path = target.startsWith("/") ? target : target.replaceFirst("^(?i)https?://[^/]*", "");
        return ALL.stream().anyMatch(path::startsWith);
    }
}
