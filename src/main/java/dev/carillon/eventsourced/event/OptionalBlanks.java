package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.value.Blank;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Treats null or blank text in an optional field as if the field were left out: senders have empty form fields and
 * columns. The API reads contexts, customers and preferences in the same way.
 */
final class OptionalBlanks {

    private static final int DEEPEST = 64;
    private static final Set<String> NO_TEXTS = Set.of("object", "array", "boolean");

    private OptionalBlanks() {}

    /** The data without them; the very same where there are none. */
    static JsonNode without(JsonNode data, JsonNode schema) {
        if (!remove(data, schema, schema, 0, true)) {
            return data;
        }
        var copy = data.deepCopy();
        remove(copy, schema, schema, 0, false);
        return copy;
    }

    /** Whether there is one. */
    private static boolean remove(JsonNode data, JsonNode schema, JsonNode root, int depth, boolean onlyLook) {
        var shape = resolved(schema, root);
        if (depth > DEEPEST) {
            return false;
        }
        if (data.isArray()) {
            boolean found = false;
            for (var item : data) {
                found |= remove(item, shape.path("items"), root, depth + 1, onlyLook);
            }
            return found;
        }
        return data instanceof ObjectNode object && removeFrom(object, shape, root, depth, onlyLook);
    }

    private static boolean removeFrom(ObjectNode object, JsonNode shape, JsonNode root, int depth, boolean onlyLook) {
        var blank = new ArrayList<String>();
        boolean found = false;
        for (var field : shape.path("properties").properties()) {
            var value = object.path(field.getKey());
            if (isAbsent(value, field.getValue(), root) && !isRequired(field.getKey(), shape)) {
                blank.add(field.getKey());
            } else if (value.isContainerNode()) {
                found |= remove(value, field.getValue(), root, depth + 1, onlyLook);
            }
        }
        if (!onlyLook) {
            object.remove(blank);
        }
        return found || !blank.isEmpty();
    }

    /** Where an object, a list or a boolean is expected, even a blank text has the wrong type. */
    private static boolean isAbsent(JsonNode value, JsonNode schema, JsonNode root) {
        return value.isNull()
                || value.isTextual()
                        && Blank.is(value.textValue())
                        && !NO_TEXTS.contains(
                                resolved(schema, root).path("type").asText());
    }

    private static boolean isRequired(String field, JsonNode shape) {
        return StreamSupport.stream(shape.path("required").spliterator(), false)
                .anyMatch(name -> field.equals(name.textValue()));
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        var ref = schema.path("$ref").asText();
        return ref.startsWith("#/") ? root.at(ref.substring(1)) : schema;
    }
}
