package dev.carillon.delivery.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One POST: where to, with which headers, and what. */
public record HttpCall(URI to, Map<String, String> headers, Buffer body) {

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall json(URI to, JsonObject body) {
        return new HttpCall(to, Map.of("Content-Type", "application/json"), body.toBuffer());
    }

    /** @param fields in the order they are sent */
    public static HttpCall form(URI to, MultiMap fields) {
        return new HttpCall(to, Map.of("Content-Type", "application/x-www-form-urlencoded"), FormBody.of(fields));
    }

    /** The same with one more header, or with another value of one it has. */
    public HttpCall with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(to, more, body);
    }

    /** Only where it goes: the rest holds credentials and what customers are told. */
    @Override
    public String toString() {
        return "HttpCall[" + to.getHost() + "]";
    }
}
