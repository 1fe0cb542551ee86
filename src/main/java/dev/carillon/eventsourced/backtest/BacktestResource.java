package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.BacktestRequest.BacktestRange;
import dev.carillon.eventsourced.ruleset.CandidateRules;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API for backtests: whom would these rules have notified, of what? */
@Path(BacktestResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rules", description = "Rules as data: who is notified of what, and when.")
class BacktestResource {

    static final String PATH = "/api/v1/rules/backtest";

    /** A short past is answered at once; a long one is asked after. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Backtests backtests;
    private final CandidateRules candidates;
    private final KeyedRequests keyed;
    private final Caller caller;
    private final Ids ids;

    BacktestResource(Backtests backtests, CandidateRules candidates, KeyedRequests keyed, Caller caller, Ids ids) {
        this.backtests = backtests;
        this.candidates = candidates;
        this.keyed = keyed;
        this.caller = caller;
        this.ids = ids;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "startBacktest", summary = "Run rules on past events", description = """
            Runs candidate rules on a stretch of the journal in virtual time, through the live pipeline, and reports which messages would
            have been sent in addition, which would not, which at another time, and which with another text. Nothing is sent and nothing
            written. A short stretch is answered with 200; a longer one continues after the 202, at `Location`. `coverage` says what each rule had
            to do with. With `latest` and `within` it is short enough for trying a rule while it is written.""")
    @RequestBody(content = @Content(schema = @Schema(implementation = BacktestRequest.class)))
    @APIResponseSchema(value = RunView.class, responseCode = "200", responseDescription = "The report")
    @APIResponse(
            responseCode = "202",
            description = "It is still running; Location says where to follow it",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "409", description = "Another backtest of yours is running")
    @APIResponse(responseCode = "422", description = "A rule or a field is not valid; pointers and positions say where")
    public Uni<Response> begin(
            @BeanParam IdempotencyKey key, @NotNull(message = "is required") BacktestRequest request) {
        var limits = request.limits(caller.tenant());
        return keyed.answered(key, request, work -> begun(request, limits));
    }

    private Uni<RestResponse<RunView>> begun(BacktestRequest request, BacktestRange limits) {
        return candidates
                .book(limits.tenant(), request.rules(), Boolean.TRUE.equals(request.onTopOfCurrent()))
                .chain(rules -> backtests.begin(rules, limits, request.howManySamples()))
                .map(begun -> begun.orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemType.CONFLICT, "Another backtest is running; cancel it or wait for its end"))))
                .chain(run -> run.ended()
                        .ifNoItem()
                        .after(DEADLINE)
                        .recoverWithItem(() -> null)
                        .map(waited -> answer(run))
                        .onCancellation()
                        .invoke(() -> gone(run)));
    }

    /** A short one is of no use to anybody else. */
    private static void gone(BacktestRun run) {
        if (run.stretch().within() != null) {
            run.cancel().subscribe().with(stopped -> {}, failure -> {});
        }
    }

    private RestResponse<RunView> answer(BacktestRun run) {
        var view = run.view(ids.now());
        return run.isRunning()
                ? RestResponse.ResponseBuilder.accepted(view)
                        .header(HttpHeaders.LOCATION, "/api/v1/backtests/" + run.id())
                        .build()
                : RestResponse.ok(view);
    }
}
