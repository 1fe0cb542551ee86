package dev.carillon.platform.apikey;

import dev.carillon.platform.id.GivenId;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Created;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.ApiKeys;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for the keys of the caller's tenant, and for the first key of another tenant. */
@Path(ApiKeyResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "API keys", description = "Who may call, for which tenant, in which roles.")
class ApiKeyResource {

    static final String PATH = "/api/v1/api-keys";

    /** The roles and label of a new key. */
    @RegisterForReflection
    @Schema(description = "A new key: its owner, roles and tenant.")
    record NewKey(
            @Schema(description = "Its owner", examples = "ordering team")
            @NotBlank(message = "is required")
            @Size(max = 100, message = "must have at most 100 characters")
            @Pattern(regexp = GivenId.NO_CONTROLS, message = "must hold no control characters")
            String label,

            @Schema(description = "Among admin, publisher, sender, reader, metrics", examples = "[\"sender\"]")
            @NotEmpty(message = "is required")
            Set<@NotNull(message = "must hold no null") String> roles,

            @Schema(
                    description = "Another tenant, made if it is new: for administrators of the tenant default",
                    examples = "brand-b")
            @Pattern(
                    regexp = "[a-z0-9][a-z0-9-]{0,62}",
                    message = "must be 1 to 63 of a-z, 0-9 and hyphen, no hyphen first")
            @Nullable
            String tenant) {}

    /** A new key. It is shown only this once. */
    @RegisterForReflection
    @Schema(description = "A new key: it is never shown again.")
    record IssuedKey(
            @Schema(description = "Its id, used to revoke it; a ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String id,

            @Schema(description = "The tenant it gives access to", examples = "default")
            String tenant,

            @Schema(description = "Its owner", examples = "ordering team")
            String label,

            @Schema(description = "What it may do", examples = "[\"sender\"]")
            Set<String> roles,

            @Schema(description = "The key itself, for the X-API-Key header; shown only here", examples = "ck_3q2-7w…")
            String key) {

        static IssuedKey of(ApiKeys.NewApiKey issued) {
            var key = issued.key();
            return new IssuedKey(key.id(), key.tenant(), key.label(), key.roles(), issued.secret());
        }

        @Override
        public String toString() {
            return "IssuedKey[" + id + "]";
        }
    }

    private final ApiKeys keys;
    private final KeyedRequests keyed;
    private final Caller caller;

    ApiKeyResource(ApiKeys keys, KeyedRequests keyed, Caller caller) {
        this.keys = keys;
        this.keyed = keyed;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "issueApiKey", summary = "Make a key", description = """
            For the caller's own tenant. The key is in the answer and nowhere else. An administrator of the tenant `default` may name
            another tenant, which is created with its first key; its own administrators manage its keys from then on.""")
    @APIResponseSchema(value = IssuedKey.class, responseCode = "201", responseDescription = "The new key")
    public Uni<Response> issue(@BeanParam IdempotencyKey key, @Valid @NotNull(message = "is required") NewKey wanted) {
        if (!Roles.ALL.containsAll(wanted.roles())) {
            throw new ProblemException(Problem.invalid(
                    "/roles", "must be among " + Roles.ALL.stream().sorted().toList()));
        }
        var own = caller.tenant();
        var tenant = wanted.tenant() == null ? own : wanted.tenant();
        if (!tenant.equals(own)) {
            caller.requireDefaultTenant("Only administrators of the tenant default make keys for other tenants");
        }
        return keyed.confided(
                key,
                wanted,
                work -> (tenant.equals(own)
                                ? keys.issue(work.ulid(0), own, wanted.roles(), wanted.label())
                                : keys.issueForTenant(work.ulid(0), tenant, wanted.roles(), wanted.label()))
                        .map(issued -> Created.at(PATH + "/{id}", issued.key().id(), IssuedKey.of(issued))));
    }

    @GET
    @Operation(
            operationId = "listApiKeys",
            summary = "List the valid keys",
            description =
                    "Without the keys themselves: those are not stored. With when each was last used, to the minute.")
    @APIResponse(responseCode = "200", description = "The keys")
    public Uni<List<ApiKeyView>> list() {
        return keys.all(caller.tenant())
                .map(all -> all.stream().map(ApiKeyView::of).toList());
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getApiKey",
            summary = "A valid key",
            description = "Without the key itself: it is not stored.")
    @APIResponse(responseCode = "200", description = "The key")
    public Uni<ApiKeyView> find(
            @PathParam("id") @Parameter(description = "The key's id", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        return keys.all(caller.tenant())
                .map(all -> all.stream()
                        .map(ApiKeyView::of)
                        .filter(key -> key.id().equals(id))
                        .findFirst()
                        .orElseThrow(ApiKeyResource::unknown));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke a key",
            description = "At once on this node, within a second or two on the others.")
    @APIResponse(responseCode = "204", description = "Revoked")
    public Uni<Void> revoke(
            @PathParam("id") @Parameter(description = "The key's id", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        return (Ids.isId(id)
                        ? keys.revoke(caller.tenant(), id)
                        : Uni.createFrom().item(false))
                .invoke(revoked -> {
                    if (!revoked) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "No key with this id is in force");
    }
}
