package dev.carillon.apidriven.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.apidriven.api.BatchResult.BatchItem;
import dev.carillon.platform.body.ChecksItsBody;
import dev.carillon.platform.body.Unstorable;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Diagnosis;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API for batches: each item is accepted or refused on its own. */
@Path(BatchResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications")
class BatchResource {

    static final String PATH = NotificationResource.PATH + "/batch";

    private static final int LARGEST = 1_000;
    private static final FieldNames NAMES = new FieldNames("/type", "/customerId", pointer -> pointer);

    /** A batch. Each item is read on its own, so that a broken one does not fail the others. */
    @RegisterForReflection
    @Schema(name = "Batch", description = "Up to 1,000 notifications.")
    record BatchRequest(
            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = NotificationRequest.class,
                    description = "Each as for a single one")
            @NotNull(message = "is required")
            List<JsonNode> notifications) {}

    private final Submissions submissions;
    private final KeyedRequests keyed;
    private final RequestConstraints constraints;
    private final Caller caller;
    private final Json json;

    BatchResource(
            Submissions submissions, KeyedRequests keyed, RequestConstraints constraints, Caller caller, Json json) {
        this.submissions = submissions;
        this.keyed = keyed;
        this.constraints = constraints;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @ChecksItsBody
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(operationId = "submitNotifications", summary = "Submit many notifications", description = """
            Up to 1,000, each answered by its index: accepted or suppressed with its tracking id, or rejected with a problem. A rejected
            one does not affect the others. Answered after the commit of all that were accepted.""")
    @RequestBody(content = @Content(schema = @Schema(implementation = BatchRequest.class)))
    @APIResponseSchema(value = BatchResult.class, responseCode = "202", responseDescription = "The result of each")
    @APIResponse(responseCode = "413", description = "More than 1,000, or too many bytes; the problem names the limit")
    @APIResponse(
            responseCode = "422",
            description =
                    "Not a list of notifications, or an Idempotency-Key that was used with another content before")
    public Uni<Response> submit(
            @BeanParam IdempotencyKey key, @Valid @NotNull(message = "is required") BatchRequest body) {
        if (body.notifications().size() > LARGEST) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "A batch has at most 1,000 notifications; this one has "
                            + body.notifications().size());
        }
        var tenant = caller.tenant();
        return keyed.once(
                key,
                body,
                work -> results(tenant, body.notifications(), work)
                        .map(result -> Answer.json(202, json.write(result))));
    }

    private Uni<BatchResult> results(String tenant, List<JsonNode> sent, IdempotentWork work) {
        if (sent.isEmpty()) {
            return Uni.createFrom().item(BatchResult.of(List.of()));
        }
        return Uni.join()
                .all(IntStream.range(0, sent.size())
                        .mapToObj(index -> result(tenant, sent.get(index), work, index))
                        .toList())
                .andFailFast()
                .map(BatchResult::of);
    }

    /**
     * With an idempotency key, a failure on our side fails the whole batch, so that it is not stored as the answer. A
     * retry finds what was accepted.
     */
    private Uni<BatchItem> result(String tenant, JsonNode sent, IdempotentWork work, int index) {
        return Uni.createFrom()
                .deferred(() -> submissions.submit(tenant, read(sent), NAMES, work, index))
                .map(accepted -> BatchItem.of(index, accepted))
                .onFailure(
                        failure -> !work.mayBeAgain() || Diagnosis.of(failure).status() < 500)
                .recoverWithItem(failure -> BatchItem.of(index, Diagnosis.of(failure)));
    }

    private NotificationRequest read(JsonNode sent) {
        if (!sent.isObject()) {
            throw new ProblemException(Problem.invalid("", "must be an object"));
        }
        var unstorable = Unstorable.in(sent);
        if (!unstorable.isEmpty()) {
            throw new ProblemException(Problem.invalid(unstorable));
        }
        try {
            return constraints.met(json.value(sent, NotificationRequest.class));
        } catch (JsonProcessingException e) {
            throw new ProblemException(Diagnosis.of(e));
        }
    }
}
