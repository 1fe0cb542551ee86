package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.timer.Timers;
import dev.carillon.platform.rest.PageQuery;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
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

/** The API for pending timers and digests. */
@Path("/api/v1/waiting")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: publish what happened; the service decides who is notified.")
class WaitingResource {

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
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<WaitingView> list(
            @QueryParam("customerId") @Parameter(description = "Only this customer", example = "cust-001") @Nullable
                    String customerId,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var customer = check.text("customerId", customerId);
        var behind = page.after(check);
        var most = page.limit(check);
        check.done();
        var tenant = caller.tenant();
        return transactions
                .inTransaction(tx -> timers.waiting(tx, tenant, customer, behind == null ? "" : behind, most + 1))
                .map(found -> WaitingView.of(found, most));
    }
}
