package dev.carillon.notification.publishing;

import dev.carillon.notification.template.Templates;
import dev.carillon.platform.rest.Conditional;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API for drafts of texts. */
@Path("/api/v1/templates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Templates")
class DraftResource {

    static final String NAME = "[A-Z][A-Z0-9_]{0,99}";
    static final String REFUSAL =
            "Templates are shared by all tenants: only administrators of the tenant default may change them";

    private final TemplatePublisher publisher;
    private final PgDrafts drafts;
    private final Templates templates;
    private final Caller caller;

    DraftResource(TemplatePublisher publisher, PgDrafts drafts, Templates templates, Caller caller) {
        this.publisher = publisher;
        this.drafts = drafts;
        this.templates = templates;
        this.caller = caller;
    }

    @GET
    @Path("/drafts")
    @Operation(
            operationId = "listTemplateDrafts",
            summary = "List the drafts",
            description = "By type; including types that are not published yet.")
    @APIResponse(responseCode = "200", description = "The drafts")
    public Uni<List<Draft>> list() {
        return drafts.all(PublishedTemplates.TOPIC);
    }

    @GET
    @Path("/{type}/draft")
    @Operation(
            operationId = "getTemplateDraft",
            summary = "A draft as it was written",
            description = "Its ETag changes with anything that is shown; If-Match accepts its `tag` as well.")
    @APIResponse(responseCode = "200", description = "The draft")
    public Uni<RestResponse<Draft>> find(
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type) {
        return publisher.draft(type).map(DraftResource::tagged);
    }

    @PUT
    @Conditional
    @Path("/{type}/draft")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putTemplateDraft", summary = "Put a draft", description = """
            All files of the type, as they would be in its folder; they are compiled and tried with the type's examples at once. They are
            not used before they are published. With type.yaml it may be a new type. For administrators of the tenant `default`, because
            templates are shared by all tenants.""")
    @APIResponse(responseCode = "200", description = "Stored; it replaces the draft before")
    @APIResponse(responseCode = "201", description = "Stored; there was no draft before")
    @APIResponse(
            responseCode = "422",
            description = "Texts that cannot be used; the problem names file, line and column")
    public Uni<RestResponse<Draft>> put(
            @PathParam("type")
                    @Parameter(
                            description = "The notification type; capital letters, digits and '_'",
                            example = "ORDER_SHIPPED")
                    @Pattern(regexp = NAME, message = "must be capital letters, digits and '_'")
                    String type,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") DraftBody body) {
        caller.requireDefaultTenant(REFUSAL);
        return publisher
                .keepDraft(body.text(type, templates.folder(type).orElse(null)), expected, caller.id())
                .map(DraftResource::kept);
    }

    @DELETE
    @Conditional
    @Path("/{type}/draft")
    @Operation(
            operationId = "discardTemplateDraft",
            summary = "Delete a draft",
            description = "The published version stays. For administrators of the tenant `default`.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<Void> discard(
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(REFUSAL);
        return publisher.discardDraft(type, expected);
    }

    private static RestResponse<Draft> kept(TemplatePublisher.KeptDraft kept) {
        var draft = kept.draft();
        return kept.created()
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, draft)
                        .header("ETag", '"' + draft.entityTag() + '"')
                        .header(HttpHeaders.LOCATION, "/api/v1/templates/" + draft.type() + "/draft")
                        .build()
                : tagged(draft);
    }

    private static RestResponse<Draft> tagged(Draft draft) {
        return RestResponse.ResponseBuilder.ok(draft)
                .header("ETag", '"' + draft.entityTag() + '"')
                .build();
    }
}
