package dev.carillon.apidriven.api;

import dev.carillon.notification.Cancellations;
import dev.carillon.notification.tracking.NotificationFilter;
import dev.carillon.notification.tracking.NotificationList;
import dev.carillon.notification.tracking.NotificationPage;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Outcomes;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.PageQuery;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.rest.TimeRangeQuery;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Door 2's API: submit a notification, and follow it. */
@Path(NotificationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications", description = "Door 2: the caller has decided, the service looks up, renders and sends.")
class NotificationResource {

    static final String PATH = "/api/v1/notifications";

    private static final Map<String, Status> STATUSES = Arrays.stream(Status.values())
            .collect(Collectors.toMap(Status::wire, Function.identity(), (one, other) -> one, TreeMap::new));
    private static final FieldNames NAMES = new FieldNames("/type", "/customerId", pointer -> pointer);

    private final RequestConstraints constraints;
    private final Submissions submissions;
    private final KeyedRequests keyed;
    private final Outcomes outcomes;
    private final Tracking tracking;
    private final NotificationList list;
    private final Cancellations cancellations;
    private final Caller caller;
    private final Json json;

    NotificationResource(
            RequestConstraints constraints,
            Submissions submissions,
            KeyedRequests keyed,
            Outcomes outcomes,
            Tracking tracking,
            NotificationList list,
            Cancellations cancellations,
            Caller caller,
            Json json) {
        this.constraints = constraints;
        this.submissions = submissions;
        this.keyed = keyed;
        this.outcomes = outcomes;
        this.tracking = tracking;
        this.list = list;
        this.cancellations = cancellations;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(operationId = "submitNotification", summary = "Submit a notification", description = """
            Looks up contact and preferences, renders, and puts the message into the outbox; answers after the commit. A business key that
            was used before, through either door, answers `suppressed` with `DUPLICATE_BUSINESS_KEY`. With `Prefer: wait=5` it waits so
            many seconds (at most 30) and answers 200 with the real outcome, or 202 when that is not known in time. It does not wait for
            messages that are scheduled or held by quiet hours.""")
    @APIResponse(
            responseCode = "200",
            description = "With Prefer: wait: its outcome",
            headers =
                    @Header(
                            name = PreferWait.APPLIED,
                            description = "The part of `Prefer` that was applied",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = NotificationView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Committed",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = "The customer is unknown")
    @APIResponse(
            responseCode = "422",
            description = "An unknown type or property, a missing or wrong-typed field (the pointer names it), "
                    + "a text too long for a channel whose type does not allow cutting it, "
                    + "or an Idempotency-Key that was used with another content before")
    public Uni<Response> submit(
            @BeanParam IdempotencyKey key,
            @HeaderParam(PreferWait.HEADER)
                    @Parameter(description = "How many seconds to wait for the outcome, at most 30", example = "wait=5")
                    @Nullable
                    String prefer,
            @Nullable NotificationRequest sent) {
        var request = constraints.met(sent);
        var tenant = caller.tenant();
        return keyed.once(
                key,
                request,
                work -> submissions
                        .submit(tenant, request, NAMES, work, 0)
                        .chain(accepted -> outcome(tenant, accepted, PreferWait.of(prefer))
                                .map(answer -> answer.with(HttpHeaders.LOCATION, PATH + "/" + accepted.trackingId()))));
    }

    private Uni<Answer> outcome(String tenant, Accepted accepted, Optional<Duration> within) {
        var taken = Answer.json(202, json.write(accepted));
        return within.isEmpty()
                ? Uni.createFrom().item(taken)
                : outcomes.await(tenant, accepted.trackingId(), within.get())
                        .map(ended -> ended.map(view -> Answer.json(200, json.write(view))
                                        .with(
                                                PreferWait.APPLIED,
                                                "wait=" + within.get().toSeconds()))
                                .orElse(taken));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "listNotifications", summary = "Notifications, newest first", description = """
            All that match every filter, through either door; `from` and `to` are the times they were submitted. `next` of a page is `after` of the following one; a page may hold fewer than
            `limit`, or none, and still have a next one.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<NotificationPage> list(
            @QueryParam("customerId") @Parameter(description = "The customer", example = "cust-001") @Nullable
                    String customerId,
            @QueryParam("type") @Parameter(description = "The notification type", example = "ORDER_SHIPPED") @Nullable
                    String type,
            @QueryParam("status")
                    @Parameter(
                            description = "Its status",
                            example = "sent",
                            schema = @Schema(implementation = Status.class))
                    @Nullable
                    String status,
            @QueryParam("channel")
                    @Parameter(description = "With a delivery on this channel", example = "email")
                    @Nullable
                    String channel,
            @QueryParam("correlationId")
                    @Parameter(description = "The caller's free text to find it by", example = "req-abc-123")
                    @Nullable
                    String correlationId,
            @QueryParam("businessKey")
                    @Parameter(description = "Its business key", example = "order/ord-001/shipped")
                    @Nullable
                    String businessKey,
            @BeanParam TimeRangeQuery time,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var filter = new NotificationFilter(
                check.text("customerId", customerId),
                check.text("type", type),
                check.oneOf("status", status, STATUSES),
                check.text("channel", channel),
                check.text("correlationId", correlationId),
                check.text("businessKey", businessKey),
                time.from(check),
                time.to(check));
        var cursor = page.after(check);
        var most = page.limit(check);
        check.done();
        return list.page(caller.tenant(), filter, cursor, most);
    }

    @GET
    @Path("/{trackingId}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getNotification",
            summary = "The status of a notification",
            description = "Its status, the reason when nobody was notified, each channel and every attempt.")
    @APIResponse(responseCode = "200", description = "The notification")
    public Uni<NotificationView> find(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String trackingId) {
        return tracking.find(caller.tenant(), trackingId)
                .map(found -> found.orElseThrow(NotificationResource::unknown));
    }

    @DELETE
    @Path("/{trackingId}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(operationId = "cancelNotification", summary = "Cancel a notification", description = """
            Withdraws what has not been sent yet and says whether that was in time: `cancelled` when it reaches nobody on any channel,
            `too-late` when it was sent, or is being sent, on one. Its business key may be used again. Cancelling twice changes nothing.""")
    @APIResponse(responseCode = "200", description = "Whether it was in time")
    public Uni<CancelledView> cancel(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String trackingId) {
        return cancellations
                .cancel(caller.tenant(), trackingId)
                .map(found -> CancelledView.of(found.orElseThrow(NotificationResource::unknown)));
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "No notification has this tracking id");
    }
}
