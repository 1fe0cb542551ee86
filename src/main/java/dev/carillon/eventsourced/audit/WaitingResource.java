package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.timer.Timers;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for pending timers and digests. */
@Path("/api/v1/waiting")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class WaitingResource {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    private static final String ONE = """
            {"waiting": [{"id": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "kind": "delay", "ruleId": "cart-reminder", "ruleVersion": "3f0a9c21b7de",
              "customerId": "cust-001", "key": "", "armedAt": "2025-10-31T19:00:00Z", "dueAt": "2025-10-31T20:00:00Z"}], "next": null}""";

    private final Timers timers;
    private final Transactions transactions;
    private final Caller caller;

    WaitingResource(Timers timers, Transactions transactions, Caller caller) {
        this.timers = timers;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "listWaiting", summary = "Timers that have not fired yet", description = """
            Delays, absences, digests and collections with a timeout; each with the version of the rule that will evaluate it. The oldest
            first.""")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            schema = @Schema(implementation = WaitingView.class),
                            examples = @ExampleObject(name = "a delay", value = ONE)))
    @APIResponse(responseCode = "422", description = "A parameter is not valid; the pointer names it")
    public Uni<WaitingView> list(
            @QueryParam("customerId") @Parameter(description = "Only this customer", example = "cust-001") @Nullable
                    String customerId,
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
        var customer = check.text("customerId", customerId);
        var behind = check.text("after", after);
        var most = check.limit(limit, USUAL, MOST);
        check.done();
        var tenant = caller.tenant();
        return transactions
                .inTransaction(tx -> timers.waiting(tx, tenant, customer, behind == null ? "" : behind, most + 1))
                .map(found -> WaitingView.of(found, most));
    }
}
