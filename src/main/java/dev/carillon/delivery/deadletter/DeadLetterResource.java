package dev.carillon.delivery.deadletter;

import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.Idempotency;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for dead letters: list, redrive, purge. */
@Path(DeadLetterResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters", description = "Deliveries that failed permanently. They can be redriven or purged.")
class DeadLetterResource {

    static final String PATH = "/api/v1/dead-letters";

    private static final String LETTER = """
            {"deliveryId": "01KAJ3W4S9T1V6B8N2C4X7Z0QD", "trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "type": "ORDER_SHIPPED", "channel": "email",
             "failure": "PROVIDER_ERROR", "detail": "HTTP 503", "attempts": 12, "deadAt": "2026-11-21T09:30:00.123Z", "expiresAt": null}""";
    private static final String ID = "01KAJ3W4S9T1V6B8N2C4X7Z0QD";

    private final DeadLetters letters;
    private final KeyedRequests keyed;
    private final Caller caller;

    DeadLetterResource(DeadLetters letters, KeyedRequests keyed, Caller caller) {
        this.letters = letters;
        this.keyed = keyed;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "listDeadLetters", summary = "Dead letters, newest delivery first", description = """
            All that match every filter. Expired deliveries are not dead letters: their notification has the status `expired`. `next` of a
            page is `after` of the following one.""")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            schema = @Schema(implementation = DeadLetterPage.class),
                            examples =
                                    @ExampleObject(
                                            name = "the only one",
                                            value = "{\"deadLetters\": [" + LETTER + "], \"next\": null}")))
    @APIResponse(responseCode = "422", description = "A parameter is not valid; the pointer names it")
    public Uni<DeadLetterPage> list(
            @QueryParam("channel") @Parameter(description = "The channel", example = "email") @Nullable String channel,
            @QueryParam("failure")
                    @Parameter(
                            description = "The kind of failure they were dead-lettered for",
                            example = "PROVIDER_ERROR")
                    @Nullable
                    String failure,
            @QueryParam("type") @Parameter(description = "The notification type", example = "ORDER_SHIPPED") @Nullable
                    String type,
            @QueryParam("from")
                    @Parameter(
                            description = "Dead-lettered at this time or later",
                            example = "2026-11-21T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Dead-lettered before this time",
                            example = "2026-11-22T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String to,
            @QueryParam("after") @Parameter(description = "`next` of the page before", example = ID) @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var filter = DeadLetterQuery.filter(check, channel, failure, type, from, to);
        var cursor = check.cursor("after", after, text -> Optional.of(text).filter(Ids::isId));
        var most = check.limit(limit, 50, 200);
        check.done();
        return letters.page(caller.tenant(), filter, cursor, most);
    }

    @GET
    @Path("/{deliveryId}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getDeadLetter",
            summary = "A dead letter with its history",
            description = "Every attempt, and every redrive before this one.")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter",
            content =
                    @Content(
                            schema = @Schema(implementation = DeadLetterHistory.class),
                            examples =
                                    @ExampleObject(name = "refused once", value = "{\"deadLetter\": " + LETTER + """
                    , "attempts": [{"number": 12, "provider": "sendgrid", "outcome": "dead", "failure": "PROVIDER_ERROR", "detail": "HTTP 503",
                       "startedAt": "2026-11-21T09:30:00.100Z", "endedAt": "2026-11-21T09:30:00.123Z"}], "actions": []}""")))
    @APIResponse(responseCode = "404", description = "No such dead letter in your tenant, or it was redriven or purged")
    public Uni<DeadLetterHistory> find(
            @PathParam("deliveryId") @Parameter(description = "A ULID", example = ID) String deliveryId) {
        return letters.find(caller.tenant(), deliveryId).map(found -> found.orElseThrow(DeadLetterResource::unknown));
    }

    @POST
    @TakesNoBody
    @Path("/{deliveryId}/redrive")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "redriveDeadLetter", summary = "Redrive a dead letter", description = """
            Puts it back into the outbox; its attempts start at zero. A message to a customer is evaluated again before it is sent: a
            customer who has opted out since does not get it. Of several such calls one succeeds; the others are answered 409. Who did it
            is recorded.""")
    @APIResponse(
            responseCode = "202",
            description = "It is in the outbox again",
            content =
                    @Content(
                            schema = @Schema(implementation = RedrivenView.class),
                            examples = @ExampleObject(name = "redriven", value = """
                    {"deliveryId": "01KAJ3W4S9T1V6B8N2C4X7Z0QD", "trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "action": "redriven"}""")))
    @APIResponse(responseCode = "404", description = "No such dead letter in your tenant")
    @APIResponse(
            responseCode = "409",
            description = "It has expired (`reason` is EXPIRED), or was redriven or purged before (ALREADY_MOVED)")
    public Uni<Response> redrive(
            @HeaderParam(Idempotency.KEY)
                    @Parameter(description = Idempotency.DESCRIPTION, example = Idempotency.EXAMPLE)
                    @Nullable
                    String key,
            @PathParam("deliveryId") @Parameter(description = "A ULID", example = ID) String deliveryId) {
        var tenant = caller.tenant();
        var by = caller.id();
        return keyed.answered(
                key,
                PATH + "/" + deliveryId + "/redrive",
                work -> letters.redrive(tenant, deliveryId, by)
                        .map(redrive -> RestResponse.status(RestResponse.Status.ACCEPTED, redriven(redrive))));
    }

    @POST
    @Path("/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "redriveDeadLetters", summary = "Redrive dead letters", description = """
            All that match every given field, oldest first, up to `limit` in one call; `more` says whether to call again. Expired ones are
            counted and stay.""")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "an outage of a provider", value = """
            {"channel": "email", "failure": "PROVIDER_ERROR", "from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z", "limit": 500}""")))
    @APIResponse(
            responseCode = "200",
            description = "How many",
            content =
                    @Content(
                            schema = @Schema(implementation = BulkAnswer.class),
                            examples = @ExampleObject(name = "all of them", value = """
                    {"action": "redriven", "count": 480, "expired": 20, "more": false}""")))
    public Uni<Response> redriveAll(
            @HeaderParam(Idempotency.KEY)
                    @Parameter(description = Idempotency.DESCRIPTION, example = Idempotency.EXAMPLE)
                    @Nullable
                    String key,
            @NotNull(message = "is required") RedriveRequest request) {
        var check = new QueryCheck();
        var filter = DeadLetterQuery.filter(
                check, request.channel(), request.failure(), request.type(), request.from(), request.to());
        var limit = DeadLetterQuery.limit(check, request.limit());
        check.done();
        var tenant = caller.tenant();
        var by = caller.id();
        return keyed.answered(
                key,
                PATH + "/redrive",
                request,
                work -> letters.redrive(tenant, filter, limit, by).map(RestResponse::ok));
    }

    @DELETE
    @Path("/{deliveryId}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "purgeDeadLetter",
            summary = "Purge a dead letter",
            description = "It is no longer listed and cannot be redriven. Its notification stays `dead-lettered`.")
    @APIResponse(responseCode = "204", description = "Purged")
    @APIResponse(responseCode = "404", description = "No such dead letter in your tenant, or it was redriven or purged")
    public Uni<Void> purge(
            @PathParam("deliveryId") @Parameter(description = "A ULID", example = ID) String deliveryId) {
        return letters.purge(caller.tenant(), deliveryId, caller.id())
                .invoke(purged -> {
                    if (!purged) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    @DELETE
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "purgeDeadLetters", summary = "Purge dead letters", description = """
            All that match every filter, oldest first, up to `limit` in one call; `more` says whether to call again. At least one filter
            is required.""")
    @APIResponse(
            responseCode = "200",
            description = "How many",
            content =
                    @Content(
                            schema = @Schema(implementation = BulkAnswer.class),
                            examples = @ExampleObject(name = "the first 500", value = """
                    {"action": "purged", "count": 500, "expired": 0, "more": true}""")))
    @APIResponse(
            responseCode = "422",
            description = "A parameter is not valid, or there is no filter; the pointer names it")
    public Uni<BulkAnswer> purgeAll(
            @QueryParam("channel") @Parameter(description = "The channel", example = "email") @Nullable String channel,
            @QueryParam("failure")
                    @Parameter(description = "The kind of failure they were dead-lettered for", example = "REJECTED")
                    @Nullable
                    String failure,
            @QueryParam("type") @Parameter(description = "The notification type", example = "ORDER_SHIPPED") @Nullable
                    String type,
            @QueryParam("from")
                    @Parameter(
                            description = "Dead-lettered at this time or later",
                            example = "2026-11-21T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Dead-lettered before this time",
                            example = "2026-11-22T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String to,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 1,000, 500 by default",
                            example = "500",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var filter = DeadLetterQuery.filter(check, channel, failure, type, from, to);
        var most = check.limit(limit, DeadLetterQuery.USUAL, DeadLetterQuery.MOST_AT_ONCE);
        check.done();
        if (filter.equals(new DeadLetterFilter(null, null, null, null, null))) {
            throw new ProblemException(Problem.invalid("/to", "is required where there is no other filter"));
        }
        return letters.purge(caller.tenant(), filter, most, caller.id());
    }

    private static RedrivenView redriven(RedriveResult redrive) {
        if (redrive instanceof RedriveResult.Requeued done) {
            return new RedrivenView(done.deliveryId(), done.trackingId(), "redriven");
        }
        if (redrive instanceof RedriveResult.Expired expired) {
            throw new ProblemException(
                    Problem.of(ProblemType.CONFLICT, "It expired at " + expired.at() + "; it would arrive too late")
                            .with("reason", "EXPIRED"));
        }
        if (redrive instanceof RedriveResult.Gone) {
            throw new ProblemException(Problem.of(ProblemType.CONFLICT, "It was redriven or purged before")
                    .with("reason", "ALREADY_MOVED"));
        }
        throw unknown();
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "No dead letter has this delivery id");
    }
}
