package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.event.OpaqueData;
import dev.carillon.platform.body.Unstorable;
import dev.carillon.platform.json.Json;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The data of a CloudEvent: an object that rules can read, or anything else, unchanged.
 *
 * @param object  empty for data that is none, and for no data
 * @param content null for an object, and for no data; JSON's null is a value like any other
 * @param name    the member it came in
 */
record CloudEventData(ObjectNode object, @Nullable OpaqueData content, String name) {

    static CloudEventData of(ObjectNode sent, Json json, FieldCheck check) {
        var plain = sent.path(CloudEventAttributes.DATA);
        var encoded = sent.path(CloudEventAttributes.DATA_BASE64);
        var isJson = !sent.path(CloudEventAttributes.CONTENT_TYPE).isTextual()
                || Form.isJson(sent.path(CloudEventAttributes.CONTENT_TYPE).textValue());
        if (isAbsent(encoded)) {
            return plain.isMissingNode()
                    ? new CloudEventData(sent.objectNode(), null, CloudEventAttributes.DATA)
                    : of(plain, CloudEventAttributes.DATA, sent, json, isJson);
        }
        var bytes = bytes(encoded);
        if (!isAbsent(plain) || bytes == null) {
            check.add(
                    CloudEventAttributes.DATA_BASE64, bytes == null ? "must be base64" : "must not stand beside data");
            return new CloudEventData(sent.objectNode(), null, CloudEventAttributes.DATA_BASE64);
        }
        return isJson
                ? decoded(bytes, sent, json, check)
                : new CloudEventData(
                        sent.objectNode(), new OpaqueData(null, encoded.textValue()), CloudEventAttributes.DATA_BASE64);
    }

    /** JSON that came as base64, which was not looked into before. */
    private static CloudEventData decoded(byte[] bytes, ObjectNode sent, Json json, FieldCheck check) {
        try {
            var data = json.tree(bytes);
            if (Unstorable.in(data).isEmpty()) {
                return of(data, CloudEventAttributes.DATA_BASE64, sent, json, true);
            }
            check.add(
                    CloudEventAttributes.DATA_BASE64,
                    "must hold no NUL character, no half of a surrogate pair and no number beyond 64 bits");
        } catch (UncheckedIOException e) {
            check.add(CloudEventAttributes.DATA_BASE64, "must be JSON");
        }
        return new CloudEventData(sent.objectNode(), null, CloudEventAttributes.DATA_BASE64);
    }

    private static CloudEventData of(JsonNode data, String name, ObjectNode sent, Json json, boolean isJson) {
        return isJson && data instanceof ObjectNode object
                ? new CloudEventData(object, null, name)
                : new CloudEventData(sent.objectNode(), new OpaqueData(json.plain(data), null), name);
    }

    private static byte @Nullable [] bytes(JsonNode encoded) {
        try {
            return encoded.isTextual() ? Base64.getDecoder().decode(encoded.textValue()) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** Whether the data says nothing: there is none, or it is null. */
    boolean isNull() {
        return content == null ? object.isEmpty() : content.value() == null && content.base64() == null;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
