package dev.carillon.eventsourced.replay;

import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API that rebuilds memory. */
@Path(ReplayResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(
        name = "Replays",
        description = "Rebuilds memory from the journal, compares it with the live memory, and replaces it.")
class ReplayResource {

    static final String PATH = "/api/v1/replays";

    private static final String ID = "The replay";
    private static final String ID_EXAMPLE = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC";

    private final Replays replays;
    private final KeyedRequests keyed;
    private final Caller caller;

    ReplayResource(Replays replays, KeyedRequests keyed, Caller caller) {
        this.replays = replays;
        this.keyed = keyed;
        this.caller = caller;
    }

    @POST
    @TakesNoBody
    @Operation(operationId = "startReplay", summary = "Rebuild memory", description = """
            Folds the whole journal, of all tenants, into tables beside the live ones, compares both, and swaps them, even if they differ.
            The service keeps running meanwhile, and nothing is sent. One at a time. For administrators of the tenant `default`.""")
    @APIResponse(
            responseCode = "202",
            description = "It is running; Location says where to follow it",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = Replay.class)))
    @APIResponse(responseCode = "409", description = "Another one is running")
    public Uni<Response> start(@BeanParam IdempotencyKey key) {
        requireDefault();
        return keyed.answered(
                key,
                work -> replays.start()
                        .map(begun -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, begun)
                                .header(HttpHeaders.LOCATION, PATH + "/" + begun.id())
                                .build()));
    }

    @GET
    @Operation(
            operationId = "listReplays",
            summary = "List replays",
            description = "The last 20 of the process that answers, the latest first.")
    @APIResponse(responseCode = "200", description = "The replays")
    public List<Replay> list() {
        requireDefault();
        return replays.list();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getReplay", summary = "The progress of a replay, and its result", description = """
            Once it is done, `equal` says whether memory matched the journal. Only the process that runs it can answer.""")
    @APIResponse(responseCode = "200", description = "The replay")
    @APIResponse(responseCode = "404", description = "The process that answers has no such replay")
    public Replay find(@PathParam("id") @Parameter(description = ID, example = ID_EXAMPLE) String id) {
        requireDefault();
        return replays.find(id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "cancelReplay",
            summary = "Cancel a replay",
            description = "It stops after the current chunk, and memory stays unchanged.")
    @APIResponseSchema(value = Replay.class, responseCode = "202", responseDescription = "Stopping")
    @APIResponse(responseCode = "404", description = "The process that answers has no such replay")
    @APIResponse(responseCode = "409", description = "It has ended")
    public RestResponse<Replay> cancel(@PathParam("id") @Parameter(description = ID, example = ID_EXAMPLE) String id) {
        requireDefault();
        return RestResponse.status(RestResponse.Status.ACCEPTED, replays.cancel(id));
    }

    private void requireDefault() {
        caller.requireDefaultTenant(
                "Memory is shared by all tenants: only administrators of the tenant default may rebuild it");
    }
}
