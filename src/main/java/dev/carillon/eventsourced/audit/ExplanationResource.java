package dev.carillon.eventsourced.audit;

import dev.carillon.notification.template.Templates;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API that explains why a customer was notified of an event, or was not. */
@Path("/api/v1/explanations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class ExplanationResource {

    private final Explanations explanations;
    private final TypeExplanations types;
    private final Templates templates;
    private final Caller caller;
    private final Clock clock;

    ExplanationResource(
            Explanations explanations, TypeExplanations types, Templates templates, Caller caller, Clock clock) {
        this.explanations = explanations;
        this.types = types;
        this.templates = templates;
        this.caller = caller;
        this.clock = clock;
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

    @GET
    @Path("/types/{notificationType}")
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "explainType", summary = "Explain a kind of notification", description = """
            Why a customer was or was not notified of a kind of thing at about a time: the events from a day before to a day after that a rule
            for the type listens to, with these rules' gates as they were then; what callers asked for; and the rules there are now that
            were switched off or not there then.""")
    @APIResponse(responseCode = "200", description = "Why, or why not")
    @APIResponse(responseCode = "404", description = "No such notification type")
    public Uni<TypeExplanation> explainType(
            @PathParam("notificationType") @Parameter(description = "The type", example = "PRICE_DROP_ALERT")
                    String notificationType,
            @QueryParam("customerId")
                    @Parameter(description = "The customer", required = true, example = "cust-003")
                    @Nullable
                    String customerId,
            @QueryParam("at")
                    @Parameter(
                            description = "At about what time; now by default",
                            example = "2026-11-21T09:00:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String at) {
        var check = new QueryCheck();
        var customer = check.required("customerId", customerId);
        var time = check.time("at", at);
        check.done();
        if (templates.type(notificationType).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No notification type is called so");
        }
        return types.explain(caller.tenant(), notificationType, customer, time == null ? clock.instant() : time);
    }
}
