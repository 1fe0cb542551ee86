package dev.carillon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document that a service serves, and what it says of requests and answers: a JSON Schema of the dialect 2020-12 each. */
public final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final String SCHEMAS = "#/components/schemas/";
    private static final SchemaRegistryConfig STRICT = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode root;
    private final List<Operation> operations;
    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    /** One operation: {@code pointer} says where it stands in the document. */
    public record Operation(String method, String path, JsonNode json, String pointer, Pattern pattern) {

        public String name() {
            return method + " " + path;
        }

        /** Whether it lists this status. */
        boolean answers(int status) {
            return json.path("responses").has(String.valueOf(status));
        }

        /** The whole of it would fill a failure's message with megabytes. */
        @Override
        public String toString() {
            return name();
        }

        boolean serves(String method, String path) {
            return this.method.equals(method) && pattern.matcher(path).matches();
        }
    }

    public ApiDocument(String json) throws Exception {
        root = MAPPER.readTree(json);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(STRICT)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
        operations = operations(root);
    }

    /** As it is served, to whoever asks. */
    public static ApiDocument servedAt(URI service) throws Exception {
        var request = HttpRequest.newBuilder(service.resolve("/q/openapi?format=json"))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "The document of the API is answered with " + response.statusCode() + ": " + response.body());
        }
        return new ApiDocument(response.body());
    }

    /** What we call, as the file has it that becomes part of the document. */
    public static ApiDocument ofWebhooks() {
        try {
            return new ApiDocument(new YAMLMapper()
                    .readTree(
                            Path.of("src/main/resources/META-INF/openapi.yaml").toFile())
                    .toString());
        } catch (Exception e) {
            throw new AssertionError("the webhooks are not described", e);
        }
    }

    public JsonNode root() {
        return root;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** The operation that answers there; one without variables goes before one with. */
    public Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.serves(method, path))
                .findFirst();
    }

    /** What is wrong with an answer by the word of the document: nothing, or a line for each finding. */
    public List<String> findingsIn(Operation operation, int status, String mediaType, String body) {
        var responses = operation.json().path("responses");
        var own = responses.has(String.valueOf(status))
                ? String.valueOf(status)
                : status >= 400 && responses.has("default") ? "default" : null;
        if (own == null) {
            return List.of("the status " + status + " is not documented");
        }
        var response = operation.pointer() + "/responses/" + own;
        var node = root.at(response);
        if (node.has("$ref")) {
            response = node.path("$ref").asText().substring(1);
        }
        var content = root.at(response + "/content");
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("status " + status + " has a body, and the document says none");
        }
        return content.has(mediaType)
                ? findings(response + "/content/" + escaped(mediaType) + "/schema", body)
                : List.of("status " + status + " as " + mediaType + " is not documented");
    }

    /** What is wrong with a text by the schema that stands at {@code pointer}. */
    public List<String> findings(String pointer, String json) {
        if (root.at(pointer).isMissingNode()) {
            return List.of("no schema at " + pointer);
        }
        var schema = compiled.computeIfAbsent(pointer, at -> registry.getSchema(standingAlone(root.at(at))));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** The schema with those it refers to, and without the rest of the document, which would be read anew for each. */
    private JsonNode standingAlone(JsonNode schema) {
        var alone = schema.<ObjectNode>deepCopy();
        var needed = alone.putObject("components").putObject("schemas");
        gather(schema, needed);
        return alone;
    }

    private void gather(JsonNode schema, ObjectNode needed) {
        schema.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith(SCHEMAS))
                .map(reference -> reference.substring(SCHEMAS.length()))
                .filter(name -> !needed.has(name))
                .distinct()
                .forEach(name -> {
                    needed.set(name, root.at("/components/schemas/" + escaped(name)));
                    gather(needed.get(name), needed);
                });
    }

    public static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static List<Operation> operations(JsonNode root) {
        var found = new ArrayList<Operation>();
        root.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        found.add(new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                entry.getValue(),
                                "/paths/" + escaped(path.getKey()) + "/" + entry.getKey(),
                                pattern(path.getKey())));
                    }
                }));
        found.sort((one, other) ->
                Boolean.compare(one.path().contains("{"), other.path().contains("{")));
        return found;
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(
                Pattern.compile("\\{[^}]+}").matcher(Pattern.quote(path)).replaceAll("\\\\E[^/]+\\\\Q"));
    }
}
