package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.stream.StreamSupport;

/** The AsyncAPI 3.1 document of the events the service hears, made of their schemas. */
final class AsyncApiDocument {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AsyncApiDocument() {}

    static String of(EventSchemas schemas) throws JsonProcessingException {
        var document = NODES.objectNode().put("asyncapi", "3.1.0");
        document.putObject("info")
                .put("title", "Carillon: events")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "What domain teams and other systems publish to the service (door 1). Rules decide who is notified of what. Events are CloudEvents 1.0 over HTTP; "
                                + "plain objects are taken at the same address, see docs/events.md. Fields a schema does not name are always accepted.");
        document.put("defaultContentType", "application/cloudevents+json");
        document.putObject("servers")
                .putObject("http")
                .put("host", "localhost:8080")
                .put("protocol", "http")
                .put("description", "Where the service listens by default")
                .putArray("security")
                .addObject()
                .put("$ref", "#/components/securitySchemes/apiKey");
        channel(document.putObject("channels").putObject("events"), schemas);
        operation(document.putObject("operations").putObject("publishEvent"));
        components(document.putObject("components"), schemas);
        return YAML.writeValueAsString(document);
    }

    private static void channel(ObjectNode channel, EventSchemas schemas) {
        channel.put("address", "/api/v1/events")
                .put("description", "The door for events; answered after they are committed");
        var messages = channel.putObject("messages");
        schemas.all()
                .forEach(schema ->
                        messages.putObject(schema.type()).put("$ref", "#/components/messages/" + schema.type()));
    }

    private static void operation(ObjectNode operation) {
        operation
                .put("action", "receive")
                .put("title", "Publish an event")
                .put("summary", "The service takes an event, and answers it by its rules");
        operation.putObject("channel").put("$ref", "#/channels/events");
        operation.putObject("bindings").putObject("http").put("method", "POST").put("bindingVersion", "0.3.0");
    }

    private static void components(ObjectNode components, EventSchemas schemas) {
        components
                .putObject("securitySchemes")
                .putObject("apiKey")
                .put("type", "httpApiKey")
                .put("name", "X-API-Key")
                .put("in", "header");
        var messages = components.putObject("messages");
        var all = components.putObject("schemas");
        schemas.all().forEach(schema -> {
            message(messages.putObject(schema.type()), schema);
            all.set(schema.type(), embedded(schema));
        });
    }

    private static void message(ObjectNode message, EventSchema schema) {
        message.put("name", schema.type())
                .put("title", schema.title())
                .put("summary", schema.description())
                .put("contentType", "application/cloudevents+json");
        var payload = message.putObject("payload").put("type", "object");
        payload.putArray("required")
                .add("specversion")
                .add("id")
                .add("source")
                .add("type")
                .add("data");
        var properties = payload.putObject("properties");
        properties.putObject("specversion").put("const", "1.0");
        properties
                .putObject("id")
                .put("type", "string")
                .put("description", "With the source it is unique; the same again is a duplicate");
        properties
                .putObject("source")
                .put("type", "string")
                .put("format", "uri-reference")
                .put("description", "Who says so");
        properties.putObject("type").put("const", schema.type());
        if (schema.hasSubject()) {
            properties.putObject("subject").put("type", "string").put("description", "The customer");
        }
        properties
                .putObject("time")
                .put("type", "string")
                .put("format", "date-time")
                .put("description", "When it happened; when it came, unless said");
        properties.putObject("data").put("$ref", "#/components/schemas/" + schema.type());
        message.putArray("examples").addObject().put("name", schema.type()).set("payload", example(schema));
    }

    private static ObjectNode example(EventSchema schema) {
        var data = schema.json().at("/examples/0");
        var example = NODES.objectNode()
                .put("specversion", "1.0")
                .put("id", "evt-001")
                .put("source", "https://shop.example/events")
                .put("type", schema.type());
        if (schema.hasSubject()) {
            example.put("subject", data.path("customerId").asText("cust-001"));
        }
        example.put("time", "2025-10-31T19:00:00Z")
                .put("datacontenttype", "application/json")
                .set("data", data);
        return example;
    }

    /** Inside another document a schema has no address of its own, so that references to its parts start at the document. */
    private static JsonNode embedded(EventSchema schema) {
        var copy = schema.json().<ObjectNode>deepCopy();
        copy.remove("$schema");
        copy.remove("$id");
        repoint(copy, "#/components/schemas/" + schema.type());
        return copy;
    }

    private static void repoint(JsonNode node, String base) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().startsWith("#/")) {
            object.put("$ref", base + object.path("$ref").asText().substring(1));
        }
        StreamSupport.stream(node.spliterator(), false).forEach(child -> repoint(child, base));
    }
}
