package dev.carillon.delivery.deadletter;

import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.PageQuery;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.rest.TimeRangeQuery;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for dead letters: list, redrive, purge. */
@Path(DeadLetterResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters", description = "Deliveries that failed permanently. They can be redriven or purged.")
class DeadLetterResource {

    static final String PATH = "/api/v1/dead-letters";

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
            All that match every filter; `from` and `to` are the times they were dead-lettered. Expired deliveries are not dead letters: their notification has the status `expired`. `next` of a
            page is `after` of the following one.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<DeadLetterPage> list(
            @BeanParam DeadLetterQuery query, @BeanParam TimeRangeQuery time, @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var filter = query.filter(check, time);
        var cursor = page.after(check);
        var most = page.limit(check);
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
    @APIResponse(responseCode = "200", description = "The dead letter")
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
    @APIResponseSchema(
            value = RedrivenView.class,
            responseCode = "202",
            responseDescription = "It is in the outbox again")
    @APIResponse(
            responseCode = "409",
            description = "It has expired (`reason` is EXPIRED), or was redriven or purged before (ALREADY_MOVED)")
    public Uni<Response> redrive(
            @BeanParam IdempotencyKey key,
            @PathParam("deliveryId") @Parameter(description = "A ULID", example = ID) String deliveryId) {
        var tenant = caller.tenant();
        var by = caller.id();
        return keyed.answered(
                key,
                work -> letters.redrive(tenant, deliveryId, by)
                        .map(redrive -> RestResponse.status(RestResponse.Status.ACCEPTED, redriven(redrive))));
    }

    @POST
    @Path("/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "redriveDeadLetters", summary = "Redrive dead letters", description = """
            All that match every given field, oldest first, up to `limit` in one call; `more` says whether to call again. Expired ones are
            counted and stay. With `dryRun` nothing is done, and the answer says what would become of them now: how many would be sent, would
            wait, or would be refused because their address is suppressed, their customer has opted out, and so on. `redriveId` is what to ask
            for afterwards.""")
    @APIResponseSchema(value = RedriveReport.class, responseCode = "200", responseDescription = "How many")
    public Uni<Response> redriveAll(
            @BeanParam IdempotencyKey key, @NotNull(message = "is required") RedriveRequest request) {
        var check = new QueryCheck();
        var filter = request.filter(check);
        var limit = request.limit(check);
        check.done();
        var tenant = caller.tenant();
        var by = caller.id();
        boolean rehearsed = Boolean.TRUE.equals(request.dryRun());
        return keyed.answered(
                key,
                request,
                work -> (rehearsed
                                ? letters.rehearse(tenant, filter, limit)
                                : letters.redrive(work.ulid(0), tenant, filter, limit, by))
                        .map(RestResponse::ok));
    }

    @GET
    @Path("/redrives")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "listRedrives",
            summary = "Redrives, newest first",
            description = "Of many dead letters at once: which were meant, how many went, who asked.")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<RedrivePage> redrives(@BeanParam PageQuery page) {
        var check = new QueryCheck();
        var cursor = page.after(check);
        var most = page.limit(check);
        check.done();
        return letters.redrives(caller.tenant(), cursor, most);
    }

    @GET
    @Path("/redrives/{redriveId}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getRedrive",
            summary = "What became of a redrive",
            description =
                    "So far: how many were sent, are dead letters again, wait, or are not sent any more, and why.")
    @APIResponse(responseCode = "200", description = "The redrive")
    @APIResponse(responseCode = "404", description = "No such redrive in your tenant")
    public Uni<RedriveOutcome> redrive(
            @PathParam("redriveId") @Parameter(description = "A ULID", example = ID) String redriveId) {
        return letters.outcome(caller.tenant(), redriveId)
                .map(found ->
                        found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No redrive has this id")));
    }

    @GET
    @Path("/summary")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "summarizeDeadLetters",
            summary = "Dead letters by what they have in common",
            description = """
            Of all that match every filter: how many, by failure, channel, provider and notification type, and by what the provider answered.
            `from` and `to` are the times they were dead-lettered. The newest 100,000 are counted.""")
    @APIResponse(responseCode = "200", description = "How many")
    public Uni<DeadLetterSummary> summary(@BeanParam DeadLetterQuery query, @BeanParam TimeRangeQuery time) {
        var check = new QueryCheck();
        var filter = query.filter(check, time);
        check.done();
        return letters.summary(caller.tenant(), filter);
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
            All that match every filter, oldest first, up to `limit` in one call; `more` says whether to call again. `from` and `to` are the
            times they were dead-lettered. At least one filter is required.""")
    @APIResponse(responseCode = "200", description = "How many")
    @APIResponse(
            responseCode = "422",
            description = "A parameter is not valid, or there is no filter; the pointer names it")
    public Uni<BulkAnswer> purgeAll(
            @BeanParam DeadLetterQuery query,
            @BeanParam TimeRangeQuery time,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 1,000, 500 by default",
                            example = "500",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit,
            @Context UriInfo uri) {
        var check = new QueryCheck();
        check.onlyNames(
                uri.getQueryParameters().keySet(),
                "channel",
                "failure",
                "detail",
                "provider",
                "type",
                "from",
                "to",
                "limit");
        var filter = query.filter(check, time);
        var most = check.limit(limit, DeadLetterQuery.USUAL, DeadLetterQuery.MOST_AT_ONCE);
        check.done();
        if (filter.equals(DeadLetterFilter.ANY)) {
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
