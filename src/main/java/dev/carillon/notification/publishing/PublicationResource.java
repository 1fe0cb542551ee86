package dev.carillon.notification.publishing;

import dev.carillon.notification.template.Templates;
import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Conditional;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API that publishes texts while the service runs. */
@Path(PublicationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Templates")
class PublicationResource {

    static final String PATH = "/api/v1/templates";

    private final TemplatePublisher publisher;
    private final PublishedTemplates published;
    private final Templates templates;
    private final KeyedRequests keyed;
    private final Caller caller;

    PublicationResource(
            TemplatePublisher publisher,
            PublishedTemplates published,
            Templates templates,
            KeyedRequests keyed,
            Caller caller) {
        this.keyed = keyed;
        this.publisher = publisher;
        this.published = published;
        this.templates = templates;
        this.caller = caller;
    }

    /** The version to go back to. */
    @RegisterForReflection
    @Schema(name = "TemplateRollback", description = "Which version to use again.")
    record Rollback(
            @Schema(description = "A version of the type's history", examples = "v2") @NotBlank(message = "is required")
            String version) {}

    @POST
    @TakesNoBody
    @Path("/{type}/publish")
    @Conditional
    @Operation(operationId = "publishTemplate", summary = "Publish the draft", description = """
            It becomes a new version, which is used for all messages from now on instead of the files' texts; on other replicas within a
            second or two. A draft that equals the published version makes no new one. For administrators of the tenant `default`.""")
    @APIResponseSchema(value = TemplateView.class, responseCode = "200", responseDescription = "Published")
    @APIResponse(responseCode = "409", description = "There is no draft, or rules need something it removes")
    @APIResponse(
            responseCode = "422",
            description = "Texts that can no longer be used; the problem names file, line and column")
    public Uni<Response> publish(
            @BeanParam IdempotencyKey key,
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        var by = caller.id();
        return keyed.answered(key, work -> publisher.publish(type, expected, by).map(done -> inUse(type)));
    }

    @POST
    @Path("/{type}/rollback")
    @Conditional
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rollBackTemplate",
            summary = "Publish an old version again",
            description = "Unchanged, with its own version number. For administrators of the tenant `default`.")
    @APIResponseSchema(value = TemplateView.class, responseCode = "200", responseDescription = "In use again")
    @APIResponse(responseCode = "409", description = "Rules need something it removes")
    @APIResponse(
            responseCode = "422",
            description = "Texts that can no longer be used; the problem names file, line and column")
    public Uni<Response> rollBack(
            @BeanParam IdempotencyKey key,
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") Rollback wanted) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        var by = caller.id();
        return keyed.answered(
                key,
                wanted,
                work -> publisher.rollBack(type, wanted.version(), expected, by).map(done -> inUse(type)));
    }

    @DELETE
    @Conditional
    @Path("/{type}")
    @Operation(operationId = "resetTemplate", summary = "Go back to the files' texts", description = """
            What was published stays in the history and can be rolled back to. A type that is in no file is removed; while a rule uses it,
            the call is refused (409). For administrators of the tenant `default`.""")
    @APIResponse(responseCode = "204", description = "The files' texts are in use")
    @APIResponse(
            responseCode = "409",
            description = "The files' texts are in use already, or rules need something that would be removed")
    public Uni<Void> delete(
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        return publisher.delete(type, expected, caller.id());
    }

    private RestResponse<TemplateView> inUse(String type) {
        return TemplateResource.tagged(templates
                .folder(type)
                .map(folder -> TemplateView.of(folder, published.version(type)))
                .orElseThrow(() -> TemplateProblems.unknown(type)));
    }
}
