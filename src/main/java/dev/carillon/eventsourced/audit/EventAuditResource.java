package dev.carillon.eventsourced.audit;

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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for events and what they led to. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class EventAuditResource {

    private final EventAudit events;
    private final Caller caller;

    EventAuditResource(EventAudit events, Caller caller) {
        this.events = events;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "listEvents", summary = "Read the journal", description = """
            Newest first, a page at a time. `from` (then or later) and `to` (before) are times of recording, not of happening: an event
            that arrived late is listed at the time it arrived.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<EventPage> list(
            @QueryParam("type") @Parameter(description = "Only this type", example = "payment_failed") @Nullable
                    String type,
            @QueryParam("subject") @Parameter(description = "Only this customer", example = "u_12345") @Nullable
                    String subject,
            @BeanParam TimeRangeQuery time,
            @QueryParam("after")
                    @Parameter(description = "`next` of the page before", example = "1761937200000000-42")
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
        var filter = new EventFilter(
                caller.tenant(),
                check.text("type", type),
                check.text("subject", subject),
                time.from(check),
                time.to(check),
                check.cursor("after", after, EventCursor::parse),
                check.limit(limit, 50, 200));
        check.done();
        return events.page(filter);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "getEvent", summary = "Follow an event", description = """
            The event and every decision it led to: the rule and its version, the gates in order, and the reason where somebody was not
            notified. `state` is `answered-by-no-rule` where no rule listens to the type. The decisions come in
            pages: `nextDecisions` is `after` of the next one.""")
    @APIResponse(responseCode = "200", description = "The event")
    public Uni<EventView> event(
            @PathParam("id") @Parameter(description = "The event's id", example = "evt-001") String id,
            @QueryParam("source")
                    @Parameter(
                            description = "The source, where two use the same id; the newest event by default",
                            example = "/api/v1/events")
                    @Nullable
                    String source,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var known = check.text("id", id);
        var from = check.text("source", source);
        var behind = page.after(check);
        var most = page.limit(check);
        check.done();
        return events.event(caller.tenant(), String.valueOf(known), from, behind == null ? "" : behind, most)
                .map(found ->
                        found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No event has this id")));
    }
}
