package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.carillon.platform.idempotency.Fingerprint;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request with events, in any form. Its items are checked one by one later.
 *
 * @param bytes of its body, and of the headers of one that has its attributes there
 */
record EventMessage(Form form, JsonNode content, long bytes) {

    /** A request with more is refused as a whole. */
    static final int MAX_EVENTS = 1000;

    static EventMessage of(Map<String, List<String>> headers, @Nullable String contentType, byte[] body, Json json) {
        var inHeaders = CloudEventHeaders.in(headers);
        var form = Form.of(contentType, inHeaders);
        if (form == Form.BINARY) {
            var head = headers.entrySet().stream()
                    .mapToLong(header -> header.getKey().length()
                            + header.getValue().stream()
                                    .mapToLong(String::length)
                                    .sum())
                    .sum();
            return new EventMessage(
                    form, CloudEventHeaders.event(headers, contentType, body, json), head + body.length);
        }
        var content = body.length == 0 ? MissingNode.getInstance() : json.tree(body);
        if (content.isMissingNode()) {
            throw new ProblemException(Problem.invalid("", "is required"));
        }
        return new EventMessage(form, content, body.length).checked();
    }

    List<JsonNode> items() {
        return form == Form.BATCH || form == Form.PLAIN && content.isArray()
                ? StreamSupport.stream(content.spliterator(), false).toList()
                : List.of(content);
    }

    byte[] fingerprint() {
        return Fingerprint.of(
                JsonNodeFactory.instance.arrayNode().add(form.name()).add(content));
    }

    private EventMessage checked() {
        if (form == Form.BATCH && !content.isArray()) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "A batch is a JSON array");
        }
        if (content.size() > MAX_EVENTS && (form == Form.BATCH || content.isArray())) {
            throw new ProblemException(
                    Problem.of(ProblemType.TOO_LARGE, "A request may have at most " + MAX_EVENTS + " events")
                            .with("limit", MAX_EVENTS));
        }
        return this;
    }
}
