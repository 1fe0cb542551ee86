package dev.carillon.notification.overview;

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
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for how delivery is doing. */
@Path("/api/v1/delivery")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Delivery", description = "What waits, what stands in its way, and what became of the rest.")
class OverviewResource {

    private static final int USUAL_MINUTES = 15;
    private static final int MOST_MINUTES = 60;
    private static final int USUAL_HOURS = 24;
    private static final int MOST_HOURS = 168;

    private final DeliveryOverview overview;
    private final Caller caller;

    OverviewResource(DeliveryOverview overview, Caller caller) {
        this.overview = overview;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "getDeliveryOverview", summary = "How delivery is doing", description = """
            Of your tenant: what waits by channel and lane and since when, circuits that are not closed, the limits in force, what became of
            deliveries minute by minute, and why there was no success hour by hour. What is counted is exact up to a bound, and costs the same
            whatever waits, so it may be asked every few seconds. A provider's circuit and limit belong to all tenants; you see them while
            something of yours waits on the channel or was sent there in the last hour. The tenant `default` sees all.""")
    @APIResponse(responseCode = "200", description = "How it is doing")
    public Uni<OverviewView> overview(
            @QueryParam("minutes")
                    @Parameter(
                            description = "How far back rates go: 1 to 60, 15 by default",
                            example = "15",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String minutes,
            @QueryParam("hours")
                    @Parameter(
                            description = "How far back reasons go: 1 to 168, 24 by default",
                            example = "24",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String hours) {
        var check = new QueryCheck();
        var rated = check.number("minutes", minutes, USUAL_MINUTES, MOST_MINUTES);
        var reasoned = check.number("hours", hours, USUAL_HOURS, MOST_HOURS);
        check.done();
        return overview.of(caller.tenant(), Duration.ofMinutes(rated), Duration.ofHours(reasoned));
    }
}
