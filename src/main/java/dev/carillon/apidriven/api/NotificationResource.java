package dev.carillon.apidriven.api;

import dev.carillon.notification.Cancellations;
import dev.carillon.notification.tracking.NotificationFilter;
import dev.carillon.notification.tracking.NotificationList;
import dev.carillon.notification.tracking.NotificationPage;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Outcomes;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.Idempotency;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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

    private static final String SENT = """
            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "type": "ORDER_SHIPPED", "category": "order_updates",
             "customerId": "cust-001", "status": "sent", "reason": null, "detail": null, "duplicateOf": null,
             "door": "api-driven", "businessKey": "order/ord-001/shipped", "correlationId": null, "eventId": null, "ruleId": null, "templateVersion": "v3", "locale": "en",
             "createdAt": "2025-11-20T09:30:00.123Z",
             "deliveries": [{"channel": "email", "recipient": "alice@example.com", "status": "sent", "reason": null, "detail": null, "notBefore": null,
               "attempts": [{"number": 1, "provider": "mock", "outcome": "sent", "failure": null, "detail": null,
                 "providerMessageId": "mock-1", "segments": null, "startedAt": "2025-11-20T09:30:00.130Z", "endedAt": "2025-11-20T09:30:00.134Z"}]}]}""";

    private static final Map<String, Status> STATUSES = Arrays.stream(Status.values())
            .collect(Collectors.toMap(Status::wire, Function.identity(), (one, other) -> one, TreeMap::new));
    private static final FieldNames NAMES = new FieldNames("/type", "/customerId", pointer -> pointer);

    private final Submissions submissions;
    private final KeyedRequests keyed;
    private final Outcomes outcomes;
    private final Tracking tracking;
    private final NotificationList list;
    private final Cancellations cancellations;
    private final Caller caller;
    private final Json json;

    NotificationResource(
            Submissions submissions,
            KeyedRequests keyed,
            Outcomes outcomes,
            Tracking tracking,
            NotificationList list,
            Cancellations cancellations,
            Caller caller,
            Json json) {
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
    @RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(name = "order shipped", value = """
                    {"type": "ORDER_SHIPPED", "customerId": "cust-001", "context": {"orderId": "ord-001"},
                     "businessKey": "order/ord-001/shipped"}"""),
                                @ExampleObject(name = "tomorrow, by email", value = """
                    {"type": "ORDER_SHIPPED", "customerId": "cust-001", "context": {"orderId": "ord-001"}, "channels": ["email"],
                     "priority": "low", "sendAt": "2026-12-24T08:00:00Z", "expiresAt": "2026-12-24T20:00:00Z"}""")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "With Prefer: wait: its outcome",
            headers =
                    @Header(
                            name = PreferWait.APPLIED,
                            description = "The part of `Prefer` that was applied",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NotificationView.class),
                            examples = @ExampleObject(name = "sent", value = SENT)))
    @APIResponse(
            responseCode = "202",
            description = "Committed",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where to read its status",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Idempotency-Replayed",
                        description = "true when this is the answer to an earlier request with the same key",
                        schema = @Schema(type = SchemaType.BOOLEAN))
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Accepted.class),
                            examples = {
                                @ExampleObject(name = "accepted", value = """
                            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "status": "accepted"}"""),
                                @ExampleObject(name = "duplicate", value = """
                            {"trackingId": "01KAJ3W9C0H7Y2D4K6F8B1E3GA", "status": "suppressed", "reason": "DUPLICATE_BUSINESS_KEY",
                             "duplicateOf": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"}""")
                            }))
    @APIResponse(responseCode = "404", description = "The customer is unknown")
    @APIResponse(
            responseCode = "409",
            description = "A request with this Idempotency-Key is being answered; Retry-After says when to try again")
    @APIResponse(
            responseCode = "422",
            description = "An unknown type or property, a missing or wrong-typed field (the pointer names it), "
                    + "a text too long for a channel whose type does not allow cutting it, "
                    + "or an Idempotency-Key that was used with another content before")
    public Uni<Response> submit(
            @HeaderParam(Idempotency.KEY)
                    @Parameter(
                            description =
                                    "Makes the request safe to repeat: the same key and content get the first answer again, "
                                            + "for a day",
                            example = "8e03978e-40d5-43dd-bc93-6894a57f9324")
                    @Nullable
                    String key,
            @HeaderParam(PreferWait.HEADER)
                    @Parameter(description = "How many seconds to wait for the outcome, at most 30", example = "wait=5")
                    @Nullable
                    String prefer,
            @Valid @NotNull(message = "is required") NotificationRequest request) {
        var tenant = caller.tenant();
        return keyed.once(
                key,
                PATH,
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
                        .map(told -> told.map(view -> Answer.json(200, json.write(view))
                                        .with(
                                                PreferWait.APPLIED,
                                                "wait=" + within.get().toSeconds()))
                                .orElse(taken));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "listNotifications", summary = "Notifications, newest first", description = """
            All that match every filter, through either door. `next` of a page is `after` of the following one; a page may hold fewer than
            `limit`, or none, and still have a next one.""")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            schema = @Schema(implementation = NotificationPage.class),
                            examples =
                                    @ExampleObject(
                                            name = "the only one",
                                            value = "{\"notifications\": [" + SENT + "], \"next\": null}")))
    @APIResponse(responseCode = "422", description = "A parameter is not valid; the pointer names it")
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
            @QueryParam("from")
                    @Parameter(
                            description = "Submitted at this time or later",
                            example = "2026-11-21T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Submitted before this time",
                            example = "2026-11-22T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String to,
            @QueryParam("after")
                    @Parameter(description = "`next` of the page before", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var filter = new NotificationFilter(
                check.text("customerId", customerId),
                check.text("type", type),
                check.oneOf("status", status, STATUSES),
                check.text("channel", channel),
                check.text("correlationId", correlationId),
                check.text("businessKey", businessKey),
                check.time("from", from),
                check.time("to", to));
        var cursor = check.cursor("after", after, text -> Optional.of(text).filter(Ids::isId));
        var most = check.limit(limit, 50, 200);
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
    @APIResponse(
            responseCode = "200",
            description = "The notification",
            content =
                    @Content(
                            schema = @Schema(implementation = NotificationView.class),
                            examples = @ExampleObject(name = "sent", value = SENT)))
    @APIResponse(responseCode = "404", description = "No such notification in your tenant")
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
    @APIResponse(
            responseCode = "200",
            description = "Whether it was in time",
            content =
                    @Content(
                            schema = @Schema(implementation = CancelledView.class),
                            examples = {
                                @ExampleObject(name = "in time", value = """
                            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "result": "cancelled", "status": "cancelled", "channels": {"email": "cancelled"}}"""),
                                @ExampleObject(name = "too late", value = """
                            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "result": "too-late", "status": "sent", "channels": {"email": "sent"}}""")
                            }))
    @APIResponse(responseCode = "404", description = "No such notification in your tenant")
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
