package dev.carillon.apidriven.api;

import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Door 2: submit a notification, and see what became of it. */
@Path("/api/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications", description = "Door 2: the caller has decided, the service looks up, renders and sends.")
class NotificationResource {

    private static final String SENT = """
            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "type": "ORDER_SHIPPED", "category": "order_updates",
             "customerId": "cust-001", "status": "sent", "reason": null, "detail": null, "duplicateOf": null,
             "door": "api-driven", "businessKey": "order/ord-001/shipped", "correlationId": null, "eventId": null, "ruleId": null,
             "createdAt": "2025-11-20T09:30:00.123Z",
             "deliveries": [{"channel": "email", "recipient": "alice@example.com", "status": "sent", "reason": null, "detail": null,
               "attempts": [{"number": 1, "provider": "mock", "outcome": "sent", "failure": null, "detail": null,
                 "providerMessageId": "mock-1", "startedAt": "2025-11-20T09:30:00.130Z", "endedAt": "2025-11-20T09:30:00.134Z"}]}]}""";

    private static final FieldNames NAMES = new FieldNames("/type", "/customerId", pointer -> pointer);

    private final Submissions submissions;
    private final Tracking tracking;
    private final Caller caller;

    NotificationResource(Submissions submissions, Tracking tracking, Caller caller) {
        this.submissions = submissions;
        this.tracking = tracking;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(summary = "Submit a notification", description = """
            Looks up contact and preferences, renders, and puts the message into the outbox; answers after the commit.
            A business key that was told before, through either door, answers `suppressed` with `DUPLICATE_BUSINESS_KEY`.""")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "order shipped", value = """
            {"type": "ORDER_SHIPPED", "customerId": "cust-001", "context": {"orderId": "ord-001"},
             "businessKey": "order/ord-001/shipped"}""")))
    @APIResponse(responseCode = "202", description = "Committed",
            headers = @Header(name = "Location", description = "Where its status is", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = Accepted.class), examples = {
                    @ExampleObject(name = "accepted", value = """
                            {"trackingId": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "status": "accepted"}"""),
                    @ExampleObject(name = "told before", value = """
                            {"trackingId": "01KAJ3W9C0H7Y2D4K6F8B1E3GA", "status": "suppressed", "reason": "DUPLICATE_BUSINESS_KEY",
                             "duplicateOf": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"}""")}))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer")
    @APIResponse(responseCode = "422", description = "An unknown type or property, a missing or wrong-typed field; the pointer names it")
    public Uni<RestResponse<Accepted>> submit(@Valid @NotNull(message = "is required") NotificationRequest request, @Context UriInfo uri) {
        return submissions.submit(caller.tenant(), request, NAMES)
                .map(receipt -> ResponseBuilder.accepted(Accepted.of(receipt))
                        .location(uri.getAbsolutePathBuilder().path(receipt.command().trackingId()).build()).build());
    }

    @GET
    @Path("/{trackingId}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(summary = "Where a notification stands",
            description = "Its status, the reason when nobody is told, each channel and every attempt.")
    @APIResponse(responseCode = "200", description = "The notification",
            content = @Content(schema = @Schema(implementation = NotificationView.class),
                    examples = @ExampleObject(name = "sent", value = SENT)))
    @APIResponse(responseCode = "404", description = "No such notification in your tenant")
    public Uni<NotificationView> find(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") String trackingId) {
        return tracking.find(caller.tenant(), trackingId)
                .map(found -> found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No notification has this tracking id")));
    }
}
