package dev.carillon.delivery.httpclient;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One POST: URL, headers and body. */
public record HttpCall(URI to, Map<String, String> headers, Buffer body) {

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /**
     * Encodes to text first: writing bytes at once would fail on an unpaired surrogate, which would look like a bug of
     * ours.
     */
    public static HttpCall json(URI to, JsonObject body) {
        return json(to, body.encode());
    }

    /** @param body JSON, sent as it is */
    public static HttpCall json(URI to, String body) {
        return new HttpCall(
                to, Map.of("Content-Type", "application/json"), Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param fields in the order they are sent */
    public static HttpCall form(URI to, MultiMap fields) {
        return new HttpCall(to, Map.of("Content-Type", "application/x-www-form-urlencoded"), encoded(fields));
    }

    private static Buffer encoded(MultiMap fields) {
        return Buffer.buffer(fields.entries().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The same with these headers, too. */
    public HttpCall with(Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new HttpCall(to, all, body);
    }

    /** The same with one more header, or with another value of one it has. */
    public HttpCall with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same call within a trace that the callee can continue (W3C Trace Context). */
    public HttpCall in(@Nullable String traceparent) {
        return traceparent == null ? this : with("traceparent", traceparent);
    }

    /** Shows only the host: the rest holds credentials and customers' texts. */
    @Override
    public String toString() {
        return "HttpCall[" + to.getHost() + "]";
    }
}
