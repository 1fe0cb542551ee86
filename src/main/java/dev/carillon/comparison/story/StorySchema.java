package dev.carillon.comparison.story;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.carillon.platform.files.BundledFiles;
import dev.carillon.platform.value.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The form of scenario files, as {@code docs/scenarios.schema.json} says it; here its errors are put into words. */
public final class StorySchema {

    private static final String FILE = "data/scenarios.schema.json";
    private static final int LONGEST_SHOWN = 60;

    /** Set with the first file that is read; a constant would become part of a native binary. */
    private static volatile @Nullable StorySchema bundled;

    private final String json;
    private final Schema schema;

    /** @param of the field at fault: itself, or the one it is missing in */
    record FormError(JsonPointer of, String field, String message) {}

    private StorySchema(String json) {
        this.json = json;
        var dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword("errorMessage"))
                .build();
        this.schema = SchemaRegistry.withDialect(
                        dialect, registry -> registry.schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(json, InputFormat.JSON);
    }

    /** The one that comes with this version. */
    public static StorySchema bundled() {
        var known = bundled;
        if (known == null) {
            known = new StorySchema(BundledFiles.required(FILE));
            bundled = known;
        }
        return known;
    }

    /** As it is served. */
    public String json() {
        return json;
    }

    List<FormError> errors(JsonNode story) {
        return schema.validate(story).stream().map(this::worded).distinct().toList();
    }

    private FormError worded(Error error) {
        var path = pointer(error);
        var value = error.getInstanceNode();
        var around = schema.getSchemaNode()
                .at(JsonPointer.compile(error.getSchemaLocation().getFragment().toString())
                        .head());
        return switch (error.getKeyword()) {
            case "required" -> new FormError(path, error.getProperty(), "is missing");
            case "additionalProperties" ->
                new FormError(
                        path.appendProperty(error.getProperty()),
                        "",
                        "is not known here" + DidYouMean.hintOrKnown(error.getProperty(), fieldsOf(around)));
            case "type" -> new FormError(path, "", "must be " + types(around) + ", not " + shown(value));
            case "minItems", "minProperties" -> new FormError(path, "", "must not be empty");
            case "maxItems" ->
                new FormError(path, "", "may have " + around.path("maxItems").asText() + " items at most");
            case "maxProperties" ->
                new FormError(
                        path, "", "may have " + around.path("maxProperties").asText() + " of them at most");
            default ->
                new FormError(
                        path,
                        "",
                        around.has("errorMessage")
                                ? around.path("errorMessage").asText() + ", not " + shown(value)
                                : error.getMessage());
        };
    }

    private static JsonPointer pointer(Error error) {
        var location = error.getInstanceLocation();
        var pointer = JsonPointer.empty();
        for (int index = 0; index < location.getNameCount(); index++) {
            Object element = location.getElement(index);
            pointer = element instanceof Integer number
                    ? pointer.appendIndex(number)
                    : pointer.appendProperty(element.toString());
        }
        return pointer;
    }

    private static List<String> fieldsOf(JsonNode schema) {
        return schema.path("properties").propertyStream().map(Map.Entry::getKey).toList();
    }

    private static String types(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .map(one -> word(one.asText()))
                        .collect(Collectors.joining(" or "))
                : word(type.asText());
    }

    private static String word(String type) {
        return switch (type) {
            case "object" -> "a mapping of fields";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "string" -> "a text";
            case "number" -> "a number";
            default -> type;
        };
    }

    private static String shown(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "a mapping";
        }
        var text = value.asText();
        return "'" + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…") + "'";
    }
}
