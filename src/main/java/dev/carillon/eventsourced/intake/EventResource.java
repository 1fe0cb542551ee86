package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.trace.Traces;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Door 1 from outside: facts, one or many; one bad one never spoils its neighbours. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Door 1: say what happened; who is told is decided here.")
class EventResource {

    /** An event that was not taken: where it stood in the array, and why. */
    @RegisterForReflection
    record Rejected(int index, Problem problem) {
    }

    /** What became of the events: all of it is committed when it is answered. */
    @RegisterForReflection
    record Taken(@Schema(examples = "2") int accepted, @Schema(examples = "0") int duplicates, List<Rejected> rejected) {
    }

    private final EventIntake intake;
    private final Json json;
    private final Ids ids;
    private final Traces traces;
    private final Caller caller;

    EventResource(EventIntake intake, Json json, Ids ids, Traces traces, Caller caller) {
        this.intake = intake;
        this.json = json;
        this.ids = ids;
        this.traces = traces;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(202)
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER})
    @Operation(summary = "Publish events", description = "One object or an array. Answered after the commit. An event whose event_id was seen before counts as a duplicate.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "order shipped", value = """
            [{"user_id": "cust-001", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
              "properties": {"orderId": "ord-001", "customerId": "cust-001", "newStatus": "SHIPPED"}}]""")))
    @APIResponse(responseCode = "202", description = "What became of them", content = @Content(
            schema = @Schema(implementation = Taken.class), examples = @ExampleObject(name = "both taken", value = """
            {"accepted": 2, "duplicates": 0, "rejected": []}""")))
    public Uni<Taken> publish(@NotNull(message = "is required") JsonNode body) {
        var tenant = caller.tenant();
        var traceparent = traces.current();
        var items = body.isArray() ? StreamSupport.stream(body.spliterator(), false).toList() : List.of(body);
        var rejected = new ArrayList<Rejected>();
        var taking = new ArrayList<Uni<Boolean>>();
        for (int index = 0; index < items.size(); index++) {
            var request = items.get(index) instanceof ObjectNode object ? new EventRequest(json.map(object.toString())) : null;
            var errors = request == null ? List.of(new Problem.FieldError("must be an object", "")) : request.errors(json);
            if (errors.isEmpty()) {
                taking.add(intake.take(request.envelope(tenant, ids, traceparent)));
            } else {
                rejected.add(new Rejected(index, Problem.invalid(errors)));
            }
        }
        return Multi.createFrom().iterable(taking).onItem().transformToUni(one -> one).merge(Math.max(1, taking.size())).collect().asList()
                .map(answers -> {
                    int accepted = (int) answers.stream().filter(fresh -> fresh).count();
                    return new Taken(accepted, answers.size() - accepted, rejected);
                });
    }
}
