package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.files.BundledFiles;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Adds examples to the OpenAPI document's requests and successful answers. A file of {@code openapi/examples} holds those of one schema, by
 * name: {@code Rule.json}, {@code Rule.list.json}. A file of one operation goes before it: {@code putRule.request.json},
 * {@code startReplay.202.json}. A list without a file shows the examples of its elements.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 0) // after those that exchange schemas
public class ExamplesInOpenApi implements OASFilter {

    private static final TypeReference<LinkedHashMap<String, Object>> BY_NAME = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(this::complete);
    }

    private void complete(Operation operation) {
        if (operation.getRequestBody() != null) {
            complete(operation.getRequestBody().getContent(), operation.getOperationId() + ".request");
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                complete(response.getContent(), operation.getOperationId() + "." + status);
            }
        });
    }

    private void complete(@Nullable Content content, String place) {
        if (content != null) {
            content.getMediaTypes().values().stream()
                    .filter(media -> media.getExamples() == null)
                    .forEach(media -> complete(media, place));
        }
    }

    private void complete(MediaType media, String place) {
        var schema = media.getSchema();
        read(place).orElseGet(() -> ofSchema(schema)).forEach((name, value) -> {
            if (isText(schema) == value instanceof String) {
                media.addExample(name, OASFactory.createExample().value(value));
            }
        });
    }

    private Map<String, Object> ofSchema(Schema schema) {
        var name = Schemas.nameOf(schema);
        if (name != null) {
            return read(name).orElse(Map.of());
        }
        var element = schema.getItems() == null ? null : Schemas.nameOf(schema.getItems());
        return element == null
                ? Map.of()
                : read(element + ".list").orElseGet(() -> listOf(read(element).orElse(Map.of())));
    }

    private static Map<String, Object> listOf(Map<String, Object> elements) {
        return elements.isEmpty()
                ? elements
                : Map.of(String.join(", ", elements.keySet()), List.copyOf(elements.values()));
    }

    private Optional<Map<String, Object>> read(String name) {
        return BundledFiles.text("openapi/examples/" + name + ".json").map(file -> {
            try {
                return mapper.readValue(file, BY_NAME);
            } catch (IOException e) {
                throw new UncheckedIOException("the examples of " + name + " are not JSON", e);
            }
        });
    }

    private static boolean isText(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.STRING);
    }
}
