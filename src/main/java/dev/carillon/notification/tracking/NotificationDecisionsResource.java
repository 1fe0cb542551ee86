package dev.carillon.notification.tracking;

import dev.carillon.platform.rest.PageQuery;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API for the gates a notification passed, through either door. */
@Path("/api/v1/notifications/{trackingId}/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications")
class NotificationDecisionsResource {

    private final Tracking tracking;
    private final Decisions decisions;
    private final Caller caller;

    NotificationDecisionsResource(Tracking tracking, Decisions decisions, Caller caller) {
        this.tracking = tracking;
        this.decisions = decisions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "listNotificationDecisions", summary = "Why it was sent, or was not", description = """
            The gates it passed and the one that refused it, through whichever door it came, and each channel with the gate at which it was
            left out. Further decisions are about a notification that was held, cancelled, or gathered from several events; the oldest first.""")
    @APIResponse(responseCode = "200", description = "The decisions")
    public Uni<NotificationDecisions> list(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String trackingId,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var after = page.after(check);
        var most = page.limit(check);
        check.done();
        var tenant = caller.tenant();
        return tracking.find(tenant, trackingId).chain(found -> {
            var notification = found.orElseThrow(
                    () -> new ProblemException(ProblemType.NOT_FOUND, "No notification has this tracking id"));
            return decisions
                    .ofNotification(tenant, trackingId, after == null ? "" : after, most + 1)
                    .map(all -> NotificationDecisions.of(notification, all, most));
        });
    }
}
