package dev.carillon.platform.rest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The URL of a list's next page: the same request with another {@code after}. */
final class NextPage {

    private static final String AFTER = "after=";

    private NextPage() {}

    /** @param target of the request, as it was sent: a path with a query, or a whole URI */
    static String of(String target, String after) {
        var query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        var kept = query < 0
                ? Stream.<String>empty()
                : Arrays.stream(target.substring(query + 1).split("&"))
                        .filter(one -> !one.isEmpty() && !one.startsWith(AFTER));
        return (path.startsWith("/") ? path : URI.create(path).getRawPath()) + "?"
                + Stream.concat(kept, Stream.of(AFTER + URLEncoder.encode(after, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("&"));
    }
}
