package dev.carillon.eventsourced.intake;

import dev.carillon.platform.body.ChecksItsBody;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Door 1's API: events, one or many, plain or as CloudEvents. A bad event never affects the others. */
@Path(EventResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class EventResource {

    static final String PATH = "/api/v1/events";

    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private final EventIntake intake;
    private final EventReader reader;
    private final KeyedRequests keyed;
    private final Json json;
    private final Caller caller;

    EventResource(EventIntake intake, EventReader reader, KeyedRequests keyed, Json json, Caller caller) {
        this.intake = intake;
        this.reader = reader;
        this.keyed = keyed;
        this.json = json;
        this.caller = caller;
    }

    @POST
    @ChecksItsBody
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER})
    @Operation(operationId = "publishEvents", summary = "Publish events", description = """
            One object or an array of at most 1,000; or CloudEvents 1.0, structured, as a batch, or binary with `ce-` headers.
            Answered after the commit. Same `source` and id (`event_id`) is a duplicate. An event that is not valid is rejected and
            named by its index, and the others are taken; a single CloudEvent that is not valid is a 400. An event may have at most 256 KiB of
            data, traits and extensions, written as JSON, unless the service is set up otherwise: a larger one is rejected as `too-large`, alone
            as a CloudEvent with a 413.
            Types described at `/api/v1/event-types` are checked; others are journalled as they are.""")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = NewEvent[].class)),
                @Content(mediaType = Form.CLOUD_EVENT, schema = @Schema(implementation = CloudEventBody.class)),
                @Content(mediaType = Form.CLOUD_EVENTS, schema = @Schema(implementation = CloudEventBody[].class))
            })
    @APIResponseSchema(value = EventsResult.class, responseCode = "202", responseDescription = "The result")
    @APIResponse(
            responseCode = "400",
            description = "Not JSON, not a CloudEvent, or an Idempotency-Key that is not valid")
    @APIResponse(
            responseCode = "413",
            description =
                    "More than 1,000 events, too many bytes, or one CloudEvent that is too large; the problem names the limit")
    @APIResponse(responseCode = "415", description = "Neither JSON nor CloudEvents as JSON")
    @APIResponse(responseCode = "422", description = "This Idempotency-Key was used with another content before")
    public Uni<Response> publish(@BeanParam IdempotencyKey key, @Context HttpHeaders headers, byte @Nullable [] body) {
        var message = EventMessage.of(
                headers.getRequestHeaders(),
                headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                body == null ? new byte[0] : body,
                json);
        var tenant = caller.tenant();
        return keyed.once(key, message::fingerprint, work -> take(message, reader.arrival(tenant, work)));
    }

    /** What the CloudEvents webhook specification has senders ask before they deliver; the delivery itself needs a key. */
    @OPTIONS
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "allowDeliveries", summary = "Ask whether events may be delivered here", description = """
            The handshake of CloudEvents webhooks: `WebHook-Request-Origin` is allowed, at any rate. Needs no key. No callback is made.""")
    @APIResponse(
            responseCode = "204",
            description = "What is allowed",
            headers = {
                @Header(
                        name = "Allow",
                        description = "The methods that are allowed",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "WebHook-Allowed-Origin",
                        description =
                                "The origin of the request; left out when there was none, or none that is a host name",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "WebHook-Allowed-Rate",
                        description = "*: as many requests as the caller's limit has it",
                        schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "400", description = "A control character in the address")
    public Response handshake(
            @HeaderParam("WebHook-Request-Origin")
                    @Parameter(
                            description = "The system that wants to deliver, as a host name",
                            example = "eventemitter.example.com")
                    @Nullable
                    String origin) {
        var answer = Response.noContent().header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS, POST");
        if (origin != null && ORIGIN.matcher(origin).matches()) {
            answer.header("WebHook-Allowed-Origin", origin).header("WebHook-Allowed-Rate", "*");
        }
        return answer.build();
    }

    private Uni<Answer> take(EventMessage message, RequestContext arrival) {
        return reader.read(message, arrival).chain(intake::take).map(taken -> {
            if (message.form().failsAsOne() && !taken.rejected().isEmpty()) {
                var problem = taken.rejected().get(0).problem();
                throw new ProblemException(
                        problem.status() == ProblemType.TOO_LARGE.status()
                                ? problem
                                : Problem.of(ProblemType.BAD_REQUEST, problem.detail())
                                        .withErrors(problem.errors()));
            }
            return Answer.json(202, json.write(taken));
        });
    }
}
