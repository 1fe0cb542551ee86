package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.carillon.platform.rest.TypeNames;
import dev.carillon.platform.value.ClockTime;
import dev.carillon.platform.value.SentTime;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Explains schema violations in plain sentences: the validator's own speak of keywords and patterns. */
final class SchemaMessages {

    private static final Map<String, String> PATTERNS = Map.of("^" + ClockTime.PATTERN + "$", ClockTime.FORM);
    private static final Map<String, String> FORMATS = Map.of(
            "date-time",
            SentTime.FORM,
            "date",
            "must be an ISO 8601 date, such as 2025-10-31",
            "email",
            "must be an email address",
            "uri",
            "must be a URI",
            "uuid",
            "must be a UUID");

    private SchemaMessages() {}

    /** @param around the schema that the keyword stands in */
    static String of(Error error, JsonNode around) {
        var said = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> "must be " + types(said);
            case "pattern" -> PATTERNS.getOrDefault(said.asText(), "must match " + said.asText());
            case "format" -> FORMATS.getOrDefault(said.asText(), "must be of the format " + said.asText());
            case "enum" -> "must be one of " + listed(said);
            case "const" -> "must be " + said.asText();
            case "minimum", "maximum" -> range(around, error.getKeyword(), said);
            case "exclusiveMinimum" -> "must be above " + said.asText();
            case "exclusiveMaximum" -> "must be below " + said.asText();
            case "multipleOf" -> "must be a multiple of " + said.asText();
            case "minLength" -> "must have at least " + counted(said, "character");
            case "maxLength" -> "must have at most " + counted(said, "character");
            case "minItems" -> "must have at least " + counted(said, "value");
            case "maxItems" -> "must have at most " + counted(said, "value");
            case "minProperties" -> "must have at least " + counted(said, "member");
            case "maxProperties" -> "must have at most " + counted(said, "member");
            case "uniqueItems" -> "must not have the same value twice";
            case "additionalProperties", "unevaluatedProperties" -> "is not a known property";
            default -> "does not fit what the type's schema has as " + error.getKeyword();
        };
    }

    private static String types(JsonNode said) {
        return said.isTextual()
                ? TypeNames.of(said.asText())
                : StreamSupport.stream(said.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(type -> !type.equals("null"))
                        .map(TypeNames::of)
                        .collect(Collectors.joining(" or "));
    }

    /** Names both limits if there are two: a sender who missed one may miss the other next. */
    private static String range(JsonNode around, String keyword, JsonNode said) {
        if (around.has("minimum") && around.has("maximum")) {
            return "must be " + (around.path("type").isTextual() ? types(around.path("type")) : TypeNames.of("number"))
                    + " from " + around.path("minimum").asText() + " to "
                    + around.path("maximum").asText();
        }
        return keyword.equals("minimum") ? "must be at least " + said.asText() : "must be at most " + said.asText();
    }

    private static String counted(JsonNode number, String what) {
        return number.asText() + " " + what + (number.asText().equals("1") ? "" : "s");
    }

    private static String listed(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
