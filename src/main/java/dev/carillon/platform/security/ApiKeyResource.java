package dev.carillon.platform.security;

import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import java.util.List;
import java.util.Set;

/** API keys of the caller's tenant. */
@Path("/api/v1/api-keys")
@RolesAllowed(Roles.ADMIN)
@Tag(name = "API keys")
class ApiKeyResource {

    /** What a new key shall be good for. */
    @RegisterForReflection
    record NewKey(@NotBlank @Size(max = 100) @Schema(examples = "ordering team") String label,
                  @NotNull @NotEmpty @Schema(description = "admin, publisher, sender, reader", examples = "[\"sender\"]") Set<String> roles) {
    }

    /** A new key: it is never shown again. */
    @RegisterForReflection
    record IssuedKey(String id, String label, Set<String> roles, @Schema(description = "The key itself, shown only here") String key) {
    }

    private final ApiKeys keys;
    private final Caller caller;

    ApiKeyResource(ApiKeys keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Make a key", description = "For the caller's own tenant. The key is in the answer and nowhere else.")
    @APIResponse(responseCode = "201", description = "The new key")
    @APIResponse(responseCode = "422", description = "An unknown role, or no label",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<IssuedKey> issue(@Valid @NotNull NewKey wanted) {
        wanted.roles().stream().filter(role -> !Roles.ALL.contains(role)).findFirst().ifPresent(role -> {
            throw new ProblemException(Problem.invalid("/roles", "must be among " + Roles.ALL.stream().sorted().toList()));
        });
        return keys.issue(caller.tenant(), wanted.roles(), wanted.label())
                .map(issued -> new IssuedKey(issued.key().id(), issued.key().label(), issued.key().roles(), issued.secret()));
    }

    @GET
    @Operation(summary = "List the keys in force", description = "Without the keys themselves: those are not kept.")
    @APIResponse(responseCode = "200", description = "The keys")
    public Uni<List<ApiKey>> list() {
        return keys.all(caller.tenant());
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a key", description = "At once on this node, within 10 seconds on the others.")
    @APIResponse(responseCode = "204", description = "Revoked")
    @APIResponse(responseCode = "404", description = "No such key in force",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Void> revoke(String id) {
        return keys.revoke(caller.tenant(), id).invoke(revoked -> {
            if (!revoked) {
                throw new ProblemException(ProblemType.NOT_FOUND, "No key " + id + " is in force");
            }
        }).replaceWithVoid();
    }
}
