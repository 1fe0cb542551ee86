package dev.carillon.delivery.httpclient;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Encodes fields as {@code application/x-www-form-urlencoded}. */
final class FormBody {

    private FormBody() {}

    static Buffer of(MultiMap fields) {
        return Buffer.buffer(fields.entries().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
