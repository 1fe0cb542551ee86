package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Conditional;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API that changes the rules in force while the service runs. */
@Path(RuleChangeResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Rules")
class RuleChangeResource {

    static final String PATH = "/api/v1/rules";

    private static final String APPLICATION_YAML = "application/yaml";
    private static final String X_YAML = "application/x-yaml";
    private static final String TEXT_YAML = "text/yaml";
    private static final String ID = "The rule; letters, digits, '.', '_' and '-'";
    private final RulePublisher publisher;
    private final RuleCompiler compiler;
    private final ActiveRules active;
    private final ObjectMapper json;
    private final KeyedRequests keyed;
    private final Caller caller;

    RuleChangeResource(
            RulePublisher publisher,
            RuleCompiler compiler,
            ActiveRules active,
            ObjectMapper json,
            KeyedRequests keyed,
            Caller caller) {
        this.keyed = keyed;
        this.publisher = publisher;
        this.compiler = compiler;
        this.active = active;
        this.json = json;
        this.caller = caller;
    }

    @PUT
    @Conditional
    @Path("/{id}")
    @Consumes({APPLICATION_YAML, TEXT_YAML, X_YAML, MediaType.APPLICATION_JSON})
    @Operation(operationId = "putRule", summary = "Put a rule in force", description = """
            One rule, in YAML as in a rule file or in JSON of the same shape; its id is the path's. It applies to events from now on,
            instead of a file's rule of the same id. Whether it was switched on or off by hand stays unchanged. The same text again
            changes nothing. For administrators of the tenant `default`, because rules are shared by all tenants.""")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = APPLICATION_YAML, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "In force; it replaces a rule of this id")
    @APIResponse(responseCode = "201", description = "In force; there was no rule of this id before")
    @APIResponse(
            responseCode = "422",
            description = "Not a rule that can be used; every problem with pointer, line and column")
    public Uni<RestResponse<RuleView>> put(
            @PathParam("id") @Parameter(description = ID, example = "order-shipped") String id,
            @BeanParam Preconditions expected,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String type,
            @Nullable String body)
            throws JsonProcessingException {
        var by = administrator();
        return publisher
                .check(caller.tenant(), RuleBody.of(body, type, json))
                .invoke(wanted -> requireId(wanted, id))
                .chain(wanted -> publisher.put(wanted, expected, by))
                .map(kept -> answer(kept.rule(), kept.created()));
    }

    @POST
    @Path("/validate")
    @Consumes({APPLICATION_YAML, TEXT_YAML, X_YAML, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "validateRule",
            summary = "Check a rule",
            description =
                    "Like a PUT, but nothing is stored or changed. `warnings` says what can be used, and is most likely not what was meant: a field that no schema of the event has, an event type without a schema. Each with pointer, line and column.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = APPLICATION_YAML, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "It can be used: how it was read")
    @APIResponse(
            responseCode = "422",
            description = "Not a rule that can be used; every problem with pointer, line and column")
    public Uni<RuleView> validate(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String type,
            @Nullable String body)
            throws JsonProcessingException {
        return publisher
                .checked(caller.tenant(), RuleBody.of(body, type, json))
                .map(checked -> view(checked.rule()).with(RuleProblems.fields(checked.warnings())));
    }

    @POST
    @TakesNoBody
    @Path("/{id}/enable")
    @Conditional
    @Operation(
            operationId = "enableRule",
            summary = "Switch a rule on",
            description =
                    "Regardless of what the rule itself says, and for its later versions too. For administrators of the tenant `default`.")
    @APIResponseSchema(value = RuleView.class, responseCode = "200", responseDescription = "Switched on")
    public Uni<Response> enable(
            @BeanParam IdempotencyKey key,
            @PathParam("id") @Parameter(description = ID, example = "order-shipped") String id,
            @BeanParam Preconditions expected) {
        return turned(key, id, true, expected);
    }

    @POST
    @TakesNoBody
    @Path("/{id}/disable")
    @Conditional
    @Operation(operationId = "disableRule", summary = "Switch a rule off", description = """
            It applies to no event from now on, including its later versions, until it is switched on again. For administrators of the
            tenant `default`.""")
    @APIResponseSchema(value = RuleView.class, responseCode = "200", responseDescription = "Switched off")
    public Uni<Response> disable(
            @BeanParam IdempotencyKey key,
            @PathParam("id") @Parameter(description = ID, example = "order-shipped") String id,
            @BeanParam Preconditions expected) {
        return turned(key, id, false, expected);
    }

    @DELETE
    @Conditional
    @Path("/{id}")
    @Operation(operationId = "deleteRule", summary = "Remove a rule that was put", description = """
            A file's rule of the same id applies again. A rule that is only in a file is removed there, or switched off here. For
            administrators of the tenant `default`.""")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "409", description = "It is in a file")
    public Uni<Void> delete(
            @PathParam("id") @Parameter(description = ID, example = "back-in-stock") String id,
            @BeanParam Preconditions expected) {
        return publisher.delete(id, expected, administrator());
    }

    private Uni<Response> turned(IdempotencyKey key, String id, boolean on, Preconditions expected) {
        var by = administrator();
        return keyed.answered(key, work -> publisher.turn(id, on, expected, by).map(rule -> answer(rule, false)));
    }

    /** The id of the key that this change is recorded under. */
    private String administrator() {
        caller.requireDefaultTenant(
                "Rules are shared by all tenants: only administrators of the tenant default may change them");
        return caller.id();
    }

    private static void requireId(ActiveRule wanted, String id) {
        if (!wanted.rule().id().equals(id)) {
            throw new ProblemException(Problem.invalid("/id", "must be " + id + ", as in the path"));
        }
    }

    private RestResponse<RuleView> answer(ActiveRule rule, boolean created) {
        var view = RuleView.of(rule, compiler.channelsOf(rule.rule()), true);
        return created
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                        .header("ETag", '"' + view.tag() + '"')
                        .header(HttpHeaders.LOCATION, PATH + "/" + view.id())
                        .build()
                : RuleResource.tagged(view);
    }

    private RuleView view(ActiveRule checked) {
        var current = active.rules().get(checked.rule().id());
        return RuleView.of(
                checked,
                compiler.channelsOf(checked.rule()),
                current != null
                        && current.rule().version().equals(checked.rule().version()));
    }
}
