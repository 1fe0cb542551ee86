package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks attributes: what CloudEvents 1.0 requires, and our length limits. Every error names the attribute. */
final class CloudEventAttributes {

    static final String VERSION = "specversion";
    static final String CONTENT_TYPE = "datacontenttype";
    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";

    private static final Set<String> KNOWN =
            Set.of(VERSION, "id", "source", "type", "subject", "time", "dataschema", CONTENT_TYPE, DATA, DATA_BASE64);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final int MAX_TEXT = 200;
    private static final int MAX_URI = 300;
    private static final int MAX_EXTENSION = 1000;

    private CloudEventAttributes() {}

    static void check(ObjectNode event, FieldCheck check) {
        var version = check.text(VERSION, MAX_TEXT, true);
        if (version != null && !version.equals("1.0")) {
            check.add(VERSION, "must be 1.0");
        }
        check.text("id", MAX_TEXT, true);
        check.uri("source", MAX_URI, true);
        check.text("type", MAX_TEXT, true);
        check.customer("subject", false);
        check.time("time", false);
        check.uri("dataschema", MAX_EXTENSION, false);
        check.text(CONTENT_TYPE, MAX_TEXT, false);
        event.fields().forEachRemaining(field -> {
            if (isExtension(field.getKey())) {
                extension(field.getKey(), field.getValue(), check);
            }
        });
    }

    /** Whether it is an extension; those are stored with their type. */
    static boolean isExtension(String name) {
        return !KNOWN.contains(name);
    }

    private static void extension(String name, JsonNode value, FieldCheck check) {
        if (!NAME.matcher(name).matches()) {
            check.add(name, "is no CloudEvents attribute name: those are of a-z and 0-9");
        } else if (value.isTextual()) {
            check.text(name, MAX_EXTENSION, true);
        } else if (!value.isBoolean() && !value.isInt() && !value.isNull()) {
            check.add(name, "must be a text, a boolean or an integer of 32 bits");
        }
    }
}
