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
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

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
    @APIResponse(
            responseCode = "200",
            description = "The drafts",
            content =
                    @Content(
                            schema = @Schema(implementation = Draft[].class),
                            examples = @ExampleObject(name = "one draft", value = TemplateExamples.DRAFTS)))
    public Uni<List<Draft>> list() {
        return drafts.all();
    }

    @GET
    @Path("/{type}/draft")
    @Operation(
            operationId = "getTemplateDraft",
            summary = "A draft as it was written",
            description = "Its ETag changes with anything that is shown; If-Match accepts its `tag` as well.")
    @APIResponse(
            responseCode = "200",
            description = "The draft",
            content =
                    @Content(
                            schema = @Schema(implementation = Draft.class),
                            examples = @ExampleObject(name = "order shipped", value = TemplateExamples.DRAFT)))
    @APIResponse(responseCode = "304", description = "If-None-Match names the current version")
    @APIResponse(responseCode = "404", description = "There is no draft of this type")
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
    @RequestBody(content = @Content(examples = @ExampleObject(name = "order shipped", value = TemplateExamples.FILES)))
    @APIResponse(
            responseCode = "200",
            description = "Stored; it replaces the draft before",
            content =
                    @Content(
                            schema = @Schema(implementation = Draft.class),
                            examples = @ExampleObject(name = "order shipped", value = TemplateExamples.DRAFT)))
    @APIResponse(
            responseCode = "201",
            description = "Stored; there was no draft before",
            content =
                    @Content(
                            schema = @Schema(implementation = Draft.class),
                            examples = @ExampleObject(name = "order shipped", value = TemplateExamples.DRAFT)))
    @APIResponse(responseCode = "412", description = "If-Match does not name the current draft, or If-None-Match does")
    @APIResponse(
            responseCode = "422",
            description = "Texts that cannot be used; the problem names file, line and column")
    @APIResponse(
            responseCode = "503",
            description = "Too many templates are being checked or shown; try again in a second")
    public Uni<RestResponse<Draft>> put(
            @PathParam("type")
                    @Parameter(
                            description = "The notification type; capital letters, digits and '_'",
                            example = "ORDER_SHIPPED")
                    @Pattern(regexp = NAME, message = "must be capital letters, digits and '_'")
                    String type,
            @HeaderParam(HttpHeaders.IF_MATCH)
                    @Parameter(description = "The draft that must exist; otherwise 412", example = "\"5f0c2d9a7b31\"")
                    @Nullable
                    String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "`*`: there must be no draft of this type; otherwise 412", example = "*")
                    @Nullable
                    String ifNoneMatch,
            @Valid @NotNull(message = "is required") DraftBody body) {
        caller.requireDefaultTenant(REFUSAL);
        return publisher
                .keepDraft(
                        body.text(type, templates.folder(type).orElse(null)),
                        new Preconditions(ifMatch, ifNoneMatch),
                        caller.id())
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
    @APIResponse(responseCode = "404", description = "There is no draft of this type")
    @APIResponse(responseCode = "412", description = "If-Match does not name the current draft, or If-None-Match does")
    public Uni<Void> discard(
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @HeaderParam(HttpHeaders.IF_MATCH)
                    @Parameter(description = "The draft that must exist; otherwise 412", example = "\"5f0c2d9a7b31\"")
                    @Nullable
                    String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(
                            description = "The draft that must no longer exist; otherwise 412",
                            example = "\"5f0c2d9a7b31\"")
                    @Nullable
                    String ifNoneMatch) {
        caller.requireDefaultTenant(REFUSAL);
        return publisher.discardDraft(type, new Preconditions(ifMatch, ifNoneMatch));
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
