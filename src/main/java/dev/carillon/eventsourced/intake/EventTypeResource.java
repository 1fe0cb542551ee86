package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API for the known event types and their schemas. */
@Path(EventTypeResource.PATH)
@Tag(name = "Event types", description = "Schemas of events; events of other types are recorded unchecked.")
class EventTypeResource {

    static final String PATH = "/api/v1/event-types";

    private static final String JSON_SCHEMA = "application/schema+json";
    /** An event type with a schema. */
    @RegisterForReflection
    @Schema(name = "EventType", description = "An event type with a schema.")
    record Described(
            @Schema(
                    description = "What to send as event_type, or as a CloudEvent's type",
                    examples = "pricing.price-changed")
            String type,

            @Schema(description = "Its name", examples = "Price changed")
            String title,

            @Schema(description = "When it is published", examples = "A product costs more or less than before.")
            String description,

            @Schema(description = "Whether it is about one customer, so that user_id is required", examples = "false")
            boolean aboutCustomer,

            @Schema(description = "The address it is announced on", examples = "bss.pricing")
            String address,

            @Schema(description = "Where its JSON Schema is", examples = "/api/v1/event-types/pricing.price-changed")
            String schema) {

        static Described of(EventSchema schema) {
            return new Described(
                    schema.type(),
                    schema.title(),
                    schema.description(),
                    schema.hasSubject(),
                    EventTypes.addressOf(schema.type()),
                    PATH + "/" + schema.type());
        }
    }

    private final EventSchemas schemas;

    EventTypeResource(EventSchemas schemas) {
        this.schemas = schemas;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER, Roles.READER})
    @Operation(
            operationId = "listEventTypes",
            summary = "List the event types",
            description = "Those that come with the service and those of `carillon.event-types.path`.")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Described.class)))
    public List<Described> list() {
        return schemas.all().stream().map(Described::of).toList();
    }

    @GET
    @Path("/{type}")
    @Produces({JSON_SCHEMA, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER, Roles.READER})
    @Operation(operationId = "getEventTypeSchema", summary = "The JSON Schema of an event type", description = """
            Of the event's data: `properties` of a plain object, `data` of a CloudEvent. Fields it does not name are always accepted.""")
    @APIResponse(
            responseCode = "200",
            description = "JSON Schema 2020-12",
            content = {
                @Content(mediaType = JSON_SCHEMA, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "404", description = "This type has no schema; its events are accepted anyway")
    public String schema(
            @PathParam("type") @Parameter(description = "The event type", example = "link_bank_success") String type) {
        return schemas.named(type)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "No event type of this name is described"))
                .json()
                .toString();
    }
}
