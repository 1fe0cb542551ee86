package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Binary mode: brings attributes in {@code ce-} headers, and data in the body, into the JSON form of the event. */
final class CloudEventHeaders {

    private static final String PREFIX = "ce-";

    private CloudEventHeaders() {
    }

    /** Whether the headers carry an event. */
    static boolean in(Map<String, List<String>> headers) {
        return headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase(PREFIX + CloudEventAttributes.VERSION));
    }

    /** @param data a missing node for an event without data */
    static ObjectNode event(Map<String, List<String>> headers, @Nullable String contentType, JsonNode data) {
        var event = JsonNodeFactory.instance.objectNode();
        headers.forEach((header, values) -> {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                var attribute = name.substring(PREFIX.length());
                event.put(attribute, decoded(attribute, values.get(0)));
            }
        });
        if (!data.isMissingNode()) {
            event.put(CloudEventAttributes.CONTENT_TYPE, contentType);
            event.set(CloudEventAttributes.DATA, data);
        }
        return event;
    }

    /** As section 3.1.3.2 of the HTTP binding has it: quotes first, then one round of percent-decoding. */
    private static String decoded(String attribute, String value) {
        var quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        var plain = quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
        try {
            return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);       // a plus is a plus here
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.BAD_REQUEST, "1 field is not valid")
                    .withErrors(List.of(new Problem.FieldError("must be percent-encoded: % as %25", "/" + attribute))));
        }
    }
}
