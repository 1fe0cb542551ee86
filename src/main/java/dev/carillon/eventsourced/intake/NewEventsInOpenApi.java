package dev.carillon.eventsourced.intake;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Describes plain events in the OpenAPI document: one alone or an array. The array is described by ruling out all other
 * types. The most used generator turns a type "array" beside an object into Java that does not compile
 * ({@code List<NewEvent>.class}).
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class NewEventsInOpenApi implements OASFilter {

    private static final String ONE_OR_MANY = "NewEvents";
    private static final String MANY = "NewEventList";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var media = document.getPaths()
                .getPathItem(EventResource.PATH)
                .getPOST()
                .getRequestBody()
                .getContent()
                .getMediaType("application/json");
        var one = media.getSchema().getItems();
        document.getComponents()
                .addSchema(
                        MANY,
                        OASFactory.createSchema()
                                .description("Several events, at most 1,000.")
                                .items(one)
                                .maxItems(EventMessage.MAX_EVENTS)
                                .not(anythingButAnArray()))
                .addSchema(
                        ONE_OR_MANY,
                        OASFactory.createSchema()
                                .description("One event, or several.")
                                .oneOf(List.of(one, reference(MANY))));
        media.setSchema(reference(ONE_OR_MANY));
    }

    private static Schema anythingButAnArray() {
        return OASFactory.createSchema()
                .anyOf(Stream.of(SchemaType.values())
                        .filter(type -> type != SchemaType.ARRAY && type != SchemaType.INTEGER)
                        .map(type -> OASFactory.createSchema().addType(type))
                        .toList());
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}
