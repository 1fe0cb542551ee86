package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads binary mode: it converts attributes in {@code ce-} headers and data in the body into the JSON form of the
 * event.
 */
final class CloudEventHeaders {

    private static final String PREFIX = "ce-";

    /** These are the message's own: its body and its Content-Type. */
    private static final Set<String> NO_HEADERS =
            Set.of(CloudEventAttributes.DATA, CloudEventAttributes.DATA_BASE64, CloudEventAttributes.CONTENT_TYPE);

    private CloudEventHeaders() {}

    /** Whether the headers carry an event. One attribute is enough: its sender means a CloudEvent. */
    static boolean in(Map<String, List<String>> headers) {
        return headers.keySet().stream().anyMatch(CloudEventHeaders::isAttribute);
    }

    static ObjectNode event(Map<String, List<String>> headers, @Nullable String contentType, byte[] body, Json json) {
        var event = JsonNodeFactory.instance.objectNode();
        headers.forEach((header, values) -> {
            if (isAttribute(header)) {
                var attribute = header.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                event.put(attribute, decoded(attribute, values));
            }
        });
        if (contentType != null) {
            event.put(CloudEventAttributes.CONTENT_TYPE, contentType);
        }
        if (body.length > 0) {
            data(event, contentType, body, json);
        }
        return event;
    }

    /** Also true without a name, which is then refused as such. */
    private static boolean isAttribute(String header) {
        return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private static void data(ObjectNode event, @Nullable String contentType, byte[] body, Json json) {
        if (contentType == null || Form.isJson(contentType)) {
            event.set(CloudEventAttributes.DATA, json.tree(body));
            return;
        }
        var text = Form.isText(contentType)
                ? utf8(body).filter(chars -> chars.indexOf('\0') < 0)
                : Optional.<String>empty();
        text.ifPresentOrElse(
                chars -> event.put(CloudEventAttributes.DATA, chars),
                () -> event.put(
                        CloudEventAttributes.DATA_BASE64, Base64.getEncoder().encodeToString(body)));
    }

    /** As section 3.1.3.2 of the HTTP binding has it: quotes first, then one round of percent-decoding. */
    private static String decoded(String attribute, List<String> values) {
        if (NO_HEADERS.contains(attribute)) {
            throw refused(attribute, "is no header: the body and its Content-Type say it");
        }
        if (values.size() > 1) {
            throw refused(attribute, "is given more than once");
        }
        var value = values.get(0);
        var quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return utf8(bytes(quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value))
                .orElseThrow(() -> refused(attribute, "must be UTF-8, percent-encoded"));
    }

    /**
     * A header's characters are bytes. SDKs sometimes forget to encode letters beyond ASCII or a %; those are taken
     * literally.
     */
    private static byte[] bytes(String value) {
        var bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '%' && i + 2 < value.length() && isHex(value.charAt(i + 1)) && isHex(value.charAt(i + 2))) {
                bytes.write(Integer.parseInt(value, i + 1, i + 3, 16));
                i += 2;
            } else if (c < 0x100) {
                bytes.write(c);
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()); // reports what is malformed
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static ProblemException refused(String attribute, String detail) {
        return new ProblemException(Problem.of(ProblemType.BAD_REQUEST, "1 field is not valid")
                .withErrors(List.of(new Problem.FieldError(detail, Pointers.step(attribute)))));
    }
}
