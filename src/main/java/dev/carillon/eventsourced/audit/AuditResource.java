package dev.carillon.eventsourced.audit;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit API: one customer's events and notifications on one page. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class AuditResource {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final EventAudit events;
    private final Caller caller;

    AuditResource(EventAudit events, Caller caller) {
        this.events = events;
        this.caller = caller;
    }

    @GET
    @Path("/{userId}")
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "getAudit", summary = "A customer's events and notifications", description = """
            Recent events and notifications, sent and suppressed, each newest first; notifications come through both doors.
            For an unknown customer both lists are empty. The events are cut short at 1 MiB together; `note` says so.""")
    @APIResponse(responseCode = "200", description = "Both lists")
    public Uni<Audit> audit(
            @PathParam("userId") @Parameter(description = "The customer", example = "u_12345") String userId,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most of each list: 1 to 500, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var user = check.text("userId", userId);
        var most = check.limit(limit, USUAL, MOST);
        check.done();
        return events.audit(caller.tenant(), String.valueOf(user), most);
    }
}
