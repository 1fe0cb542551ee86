package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.platform.files.BundledFiles;
import dev.carillon.platform.value.PlainDuration;
import dev.carillon.platform.value.Zones;
import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The form of rules: which fields there are and what may stand in them. {@code docs/rules.schema.json} says it, for
 * editors and for the reader; here is only how its errors are put into words. Words that are special to a field are its
 * {@code errorMessage}, which editors show too.
 */
public final class RuleSchema {

    static final String MISSING = "is missing";

    private static final String FILE = "rules/rules.schema.json";
    private static final int LONGEST_SHOWN = 300;

    /** Set with the first rule that is read; a constant would become part of a native binary. */
    private static volatile @Nullable RuleSchema bundled;

    private final String json;
    private final Schema schema;

    private RuleSchema(String json) {
        this.json = json;
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword("errorMessage"))
                .format(new TextFormat(
                        "duration", text -> PlainDuration.of(text).isPresent()))
                .format(new TextFormat("time-zone", text -> Zones.read(text).isPresent()))
                .build();
        SchemaRegistryConfig strict =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.schema = SchemaRegistry.withDialect(
                        dialect,
                        registry -> registry.schemaRegistryConfig(strict)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(json, InputFormat.JSON);
    }

    /** The one that comes with this version. */
    public static RuleSchema bundled() {
        RuleSchema known = bundled;
        if (known == null) {
            known = new RuleSchema(BundledFiles.required(FILE));
            bundled = known;
        }
        return known;
    }

    /** As it is served. */
    public String json() {
        return json;
    }

    private record TextFormat(String name, Predicate<String> test) implements Format {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String text) {
            return test.test(text);
        }
    }

    /**
     * What is wrong with the form of a rule.
     *
     * @param unnamed what errors call the rule as long as it has no id that can be used
     */
    List<RuleProblem> problems(YamlDocument document, @Nullable String unnamed, ObjectNode rule) {
        List<Error> errors = schema.validate(rule).stream()
                .filter(error -> !isWrittenScalar(error))
                .toList();
        String name = errors.stream().anyMatch(error -> "id".equals(fieldOf(error)))
                ? unnamed
                : rule.path("id").textValue();
        return errors.stream()
                .map(error -> RuleProblem.of(document, name, fieldOf(error), placeOf(document, error), worded(error)))
                .distinct()
                .toList();
    }

    /** Every scalar is a text here, so numbers and flags are known by how they are written. */
    private boolean isWrittenScalar(Error error) {
        if (!error.getKeyword().equals("type") || !error.getInstanceNode().isTextual()) {
            return false;
        }
        String text = error.getInstanceNode().textValue();
        JsonNode around = around(error);
        return switch (around.path("type").asText()) {
            case "boolean" -> text.equals("true") || text.equals("false");
            case "integer" ->
                text.matches("[0-9]{1,9}")
                        && Integer.parseInt(text) >= around.path("minimum").intValue()
                        && Integer.parseInt(text) <= around.path("maximum").intValue();
            default -> false;
        };
    }

    private String worded(Error error) {
        JsonNode around = around(error);
        JsonNode value = error.getInstanceNode();
        if (value.isTextual() && value.textValue().isBlank()) {
            return "is empty";
        }
        return switch (error.getKeyword()) {
            case "required" -> MISSING;
            case "additionalProperties" -> "is not known here; known are " + fieldsOf(around);
            case "minProperties", "maxProperties" -> "must name exactly one of " + fieldsOf(around);
            case "minItems" -> "must not be empty";
            case "uniqueItems" -> shown(repeated(value)) + " is there twice";
            case "enum" -> "must be " + listed(around.path("enum")) + ", not " + shown(value);
            case "const" -> around.path("errorMessage").asText() + ", not " + shown(value);
            case "type" -> wordedType(around, value);
            default -> shown(value) + " " + around.path("errorMessage").asText();
        };
    }

    private static String wordedType(JsonNode schema, JsonNode value) {
        JsonNode types = schema.path("type");
        return switch (types.isArray() ? types.path(0).asText() : types.asText()) {
            case "object" -> "must be a mapping of fields, not " + shown(value);
            case "array" -> "must be a list, not " + shown(value);
            case "boolean" -> "must be true or false, not " + shown(value);
            case "integer" ->
                shown(value) + " must be a whole number from " + schema.path("minimum") + " to "
                        + schema.path("maximum");
            default -> "must be text, not " + shown(value);
        };
    }

    private static String listed(JsonNode values) {
        List<String> words = stream(values).map(JsonNode::asText).toList();
        return words.size() > 2 ? "one of " + String.join(", ", words) : String.join(" or ", words);
    }

    private static String shown(JsonNode value) {
        if (!value.isTextual()) {
            return value.isArray() ? "a list" : "a mapping";
        }
        String text = value.textValue();
        return "'" + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, 40) + "…") + "'";
    }

    private static String fieldsOf(JsonNode schema) {
        return schema.path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The schema that the broken keyword stands in. */
    private JsonNode around(Error error) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        return schema.getSchemaNode().at(JsonPointer.compile(keyword).head());
    }

    /** Dotted, without the numbers of list items; null for the rule as a whole. */
    private static @Nullable String fieldOf(Error error) {
        NodePath path = error.getInstanceLocation();
        String field = Stream.concat(
                        IntStream.range(0, path.getNameCount())
                                .mapToObj(path::getElement)
                                .filter(String.class::isInstance)
                                .map(String.class::cast),
                        Stream.ofNullable(error.getProperty()))
                .collect(Collectors.joining("."));
        return field.isEmpty() ? null : field;
    }

    private static Position placeOf(YamlDocument document, Error error) {
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> document.atNameOf(value.path(error.getProperty()));
            case "uniqueItems" -> document.at(repeated(value));
            default -> document.at(value);
        };
    }

    private static JsonNode repeated(JsonNode list) {
        Set<JsonNode> seen = new HashSet<>();
        return stream(list).filter(item -> !seen.add(item)).findFirst().orElseThrow();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
