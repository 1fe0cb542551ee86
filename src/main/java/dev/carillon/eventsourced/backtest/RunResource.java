package dev.carillon.eventsourced.backtest;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API for running and finished backtests. */
@Path("/api/v1/backtests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rules", description = "Rules as data: who is notified of what, and when.")
class RunResource {

    private final Backtests backtests;
    private final Caller caller;
    private final Ids ids;

    RunResource(Backtests backtests, Caller caller, Ids ids) {
        this.backtests = backtests;
        this.caller = caller;
        this.ids = ids;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(
            operationId = "getBacktest",
            summary = "The progress of a backtest",
            description = "And its report, once it is done. The process that ran them keeps the last twenty.")
    @APIResponse(responseCode = "200", description = "Its progress")
    public RunView find(
            @PathParam("id") @Parameter(description = "The backtest", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        return known(id).view(ids.now());
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "cancelBacktest",
            summary = "Cancel a backtest",
            description = "It stops after the current events; the report holds the result so far.")
    @APIResponse(responseCode = "200", description = "Stopped")
    @APIResponse(responseCode = "409", description = "It had already ended")
    public Uni<RunView> cancel(
            @PathParam("id") @Parameter(description = "The backtest", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        var run = known(id);
        if (!run.isRunning()) {
            throw new ProblemException(Problem.of(ProblemType.CONFLICT, "The backtest is over"));
        }
        return run.cancel().map(stopped -> run.view(ids.now()));
    }

    private BacktestRun known(String id) {
        return backtests
                .find(caller.tenant(), id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No backtest has this id"));
    }
}
