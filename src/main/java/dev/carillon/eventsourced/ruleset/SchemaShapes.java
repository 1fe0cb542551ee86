package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.eventsourced.rule.EventShapes;
import dev.carillon.eventsourced.rule.EventShapes.FieldShape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Converts event schemas into the shapes that rules are checked against. Whatever a schema says without {@code type} is
 * not checked.
 */
@ApplicationScoped
class SchemaShapes {

    @Produces
    @Singleton
    EventShapes shapes(EventSchemas schemas) {
        return of(schemas);
    }

    static EventShapes of(EventSchemas schemas) {
        return new EventShapes(
                schemas.all().stream().collect(Collectors.toMap(EventSchema::type, schema -> fields(schema.json()))));
    }

    private static Map<String, FieldShape> fields(JsonNode object) {
        var fields = new LinkedHashMap<String, FieldShape>();
        object.path("properties").properties().forEach(field -> fields.put(field.getKey(), shape(field.getValue())));
        return fields;
    }

    private static FieldShape shape(JsonNode schema) {
        var types = types(schema);
        var orNull = types.remove("null");
        var shape = types.size() == 1 ? shape(types.get(0), schema) : new FieldShape.Any();
        return orNull ? new FieldShape.OrNull(shape) : shape;
    }

    private static FieldShape shape(String type, JsonNode schema) {
        return switch (type) {
            case "string" -> new FieldShape.TextField();
            case "integer" -> new FieldShape.Whole();
            case "number" -> new FieldShape.Number();
            case "boolean" -> new FieldShape.Flag();
            case "array" -> new FieldShape.ListOf(shape(schema.path("items")));
            case "object" -> new FieldShape.ObjectOf(fields(schema));
            default -> new FieldShape.Any();
        };
    }

    private static List<String> types(JsonNode schema) {
        var types = new ArrayList<String>();
        var said = schema.path("type");
        if (said.isTextual()) {
            types.add(said.textValue());
        }
        said.forEach(type -> types.add(type.asText()));
        return types;
    }
}
