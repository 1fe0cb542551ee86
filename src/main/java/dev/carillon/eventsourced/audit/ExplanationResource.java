package dev.carillon.eventsourced.audit;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API that explains why a customer was notified of an event, or was not. */
@Path("/api/v1/explanations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class ExplanationResource {

    private static final String NOT_IN_AUDIENCE = """
            {"eventId": "evt-001", "eventType": "pricing.price-changed", "recordedAt": "2025-10-31T19:00:00Z", "customerId": "cust-003", "answered": true,
             "summary": "Something in the cart of a gold or platinum customer has become cheaper: The customer is not among those this message is meant for.",
             "rules": [{"ruleId": "price-drop-alert", "ruleVersion": "3f0a9c21b7de",
               "description": "Something in the cart of a gold or platinum customer has become cheaper.",
               "verdict": "not-told", "reason": "NOT_IN_AUDIENCE", "sentence": "The customer is not among those this message is meant for.",
               "gates": [{"name": "when", "passed": true, "reason": null, "detail": "event.data.newPrice < event.data.oldPrice"},
                         {"name": "audience", "passed": false, "reason": "NOT_IN_AUDIENCE", "detail": "customers with product prod-001 in their cart"}],
               "notificationId": null}]}""";

    private final Explanations explanations;
    private final Caller caller;

    ExplanationResource(Explanations explanations, Caller caller) {
        this.explanations = explanations;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "explainEvent", summary = "Explain", description = """
            For every rule that listens to the event's type, the gates in order up to the first that refused, also for a customer who was
            never looked at. Rules are evaluated in the versions that were in force, on the facts as they were at the event.""")
    @APIResponse(responseCode = "200", description = "Why, or why not")
    @APIResponse(responseCode = "404", description = "No such event in your tenant")
    public Uni<Explanation> explain(
            @QueryParam("eventId")
                    @Parameter(description = "The event's id", required = true, example = "evt-001")
                    @Nullable
                    String eventId,
            @QueryParam("customerId")
                    @Parameter(description = "The customer", required = true, example = "cust-003")
                    @Nullable
                    String customerId,
            @QueryParam("source")
                    @Parameter(
                            description = "The source, where two use the same id; the newest event by default",
                            example = "/api/v1/events")
                    @Nullable
                    String source) {
        var check = new QueryCheck();
        var event = check.required("eventId", eventId);
        var customer = check.required("customerId", customerId);
        var from = check.text("source", source);
        check.done();
        return explanations
                .explain(caller.tenant(), event, from, customer)
                .map(found ->
                        found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No event has this id")));
    }
}
