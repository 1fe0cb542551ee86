package dev.carillon.platform.rest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page of a longer list. Its {@code next} is sent as {@code after} to get the following page. */
public interface Paged {

    /** Null on the last page. */
    @Nullable
    Object next();

    /**
     * The same request for the page after this one.
     *
     * @param target of the request, as it was sent: a path with a query, or a whole URI
     */
    static String targetAfter(String target, String after) {
        var query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        var kept = query < 0
                ? Stream.<String>empty()
                : Arrays.stream(target.substring(query + 1).split("&"))
                        .filter(one -> !one.isEmpty() && !one.startsWith("after="));
        return (path.startsWith("/") ? path : URI.create(path).getRawPath()) + "?"
                + Stream.concat(kept, Stream.of("after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("&"));
    }
}
