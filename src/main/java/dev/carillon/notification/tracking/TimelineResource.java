package dev.carillon.notification.tracking;

import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.rest.PageQuery;
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

/** The API for what was decided about one customer. */
@Path("/api/v1/customers/{customerId}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers")
class TimelineResource {

    private final Timeline timeline;
    private final Caller caller;

    TimelineResource(Timeline timeline, Caller caller) {
        this.timeline = timeline;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "getTimeline", summary = "What was decided about a customer", description = """
            Every notification through either door, and every no of a rule that looked at them, newest first. For an unknown customer it is
            empty. A customer whom no rule looked at is in no decision: the explanations answer for them.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<TimelinePage> list(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var after = page.after(check);
        var most = page.limit(check);
        check.done();
        return timeline.page(caller.tenant(), customerId, after, most);
    }
}
