package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.RuleSchema;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.versions.DocumentHistoryQuery;
import dev.carillon.platform.versions.VersionedDocuments;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for the rules in force, their text and their history. */
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.READER})
@Tag(
        name = "Rules",
        description =
                "Who is notified of what when an event happens. Rules belong to the deployment: they are the same for all tenants.")
class RuleResource {

    private final ActiveRules active;
    private final RuleCompiler compiler;
    private final VersionedDocuments documents;

    RuleResource(ActiveRules active, RuleCompiler compiler, VersionedDocuments documents) {
        this.active = active;
        this.compiler = compiler;
        this.documents = documents;
    }

    @GET
    @Operation(
            operationId = "listRules",
            summary = "List the rules in force",
            description = "In the order of evaluation, including those that are switched off.")
    @APIResponse(responseCode = "200", description = "The rules")
    public List<RuleView> list() {
        return active.rules().values().stream()
                .map(this::inForce)
                .map(RuleView::withoutText)
                .toList();
    }

    @GET
    @Path("/schema")
    @Operation(
            operationId = "getRuleSchema",
            summary = "The JSON Schema of rule files",
            description = "For editors, which complete and check rules by it. The same as docs/rules.schema.json.")
    @APIResponse(
            responseCode = "200",
            description = "JSON Schema 2020-12",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public String schema() {
        return RuleSchema.bundled().json();
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getRule",
            summary = "A rule as it was written",
            description =
                    "In the version in force, or in any earlier version. The ETag changes with anything that is shown, so also when the rule is switched on or off; "
                            + "If-Match accepts the version as well, of a rule that was never switched.")
    @APIResponse(responseCode = "200", description = "The rule")
    @APIResponse(responseCode = "404", description = "No rule of this id is in force, or it never had this version")
    public Uni<RestResponse<RuleView>> find(
            @PathParam("id") @Parameter(description = "The rule", example = "order-shipped") String id,
            @QueryParam("version")
                    @Parameter(
                            description = "A version of its history; left out: the one in force",
                            example = "5f0c2d9a7b31")
                    @Nullable
                    String version) {
        var current = active.rules().get(id);
        if (current != null && (version == null || version.equals(current.rule().version()))) {
            return Uni.createFrom().item(tagged(inForce(current)));
        }
        return version == null
                ? Uni.createFrom().failure(RulePublisher.unknown(id))
                : old(id, version).map(RuleResource::tagged);
    }

    @GET
    @Path("/{id}/history")
    @Operation(
            operationId = "getRuleHistory",
            summary = "The history of a rule",
            description = "Every version that came into force, and every switch; the latest first.")
    @APIResponse(responseCode = "200", description = "The changes")
    public Uni<List<RuleChange>> history(
            @PathParam("id") @Parameter(description = "The rule", example = "order-shipped") String id,
            @BeanParam DocumentHistoryQuery query) {
        return documents.history(PublishedRules.TOPIC, id, query.changes()).map(changes -> {
            if (changes.isEmpty()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "There never was a rule " + id);
            }
            return changes.stream().map(RuleChange::of).toList();
        });
    }

    private Uni<RuleView> old(String id, String version) {
        return documents.version(PublishedRules.TOPIC, id, version).chain(found -> {
            var text = found.orElseThrow(
                    () -> new ProblemException(ProblemType.NOT_FOUND, "Rule " + id + " never had version " + version));
            return active.version(new RuleRef(id, version))
                    .map(rule -> RuleView.of(text, rule.orElseThrow(), compiler.channelsOf(rule.orElseThrow())));
        });
    }

    private RuleView inForce(ActiveRule rule) {
        return RuleView.of(rule, compiler.channelsOf(rule.rule()), true);
    }

    static RestResponse<RuleView> tagged(RuleView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", '"' + view.tag() + '"')
                .header("Cache-Control", "no-cache")
                .build();
    }
}
