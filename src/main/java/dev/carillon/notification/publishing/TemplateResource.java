package dev.carillon.notification.publishing;

import dev.carillon.notification.template.Templates;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.versions.DocumentHistoryQuery;
import dev.carillon.platform.versions.VersionedDocuments;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API for notification types, their texts and their history. */
@Path("/api/v1/templates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
@Tag(
        name = "Templates",
        description =
                "Notification types and their texts. Templates belong to the deployment: they are the same for all tenants.")
class TemplateResource {

    static final String TYPE = "The notification type";

    private final Templates templates;
    private final PublishedTemplates published;
    private final TemplatePublisher publisher;
    private final VersionedDocuments documents;
    private final Previews previews;
    private final Caller caller;

    TemplateResource(
            Templates templates,
            PublishedTemplates published,
            TemplatePublisher publisher,
            VersionedDocuments documents,
            Previews previews,
            Caller caller) {
        this.templates = templates;
        this.published = published;
        this.publisher = publisher;
        this.documents = documents;
        this.previews = previews;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listTemplates",
            summary = "List the notification types",
            description = "With their channels, languages and variables, by name.")
    @APIResponse(responseCode = "200", description = "The types")
    public List<TemplateView> list() {
        return templates.types().stream()
                .flatMap(type -> templates.folder(type.name()).stream())
                .map(folder -> TemplateView.of(
                                folder, published.version(folder.type().name()))
                        .withoutText())
                .toList();
    }

    @GET
    @Path("/{type}")
    @Operation(
            operationId = "getTemplate",
            summary = "A notification type and its texts",
            description = "As they are in use now.")
    @APIResponse(responseCode = "200", description = "The type")
    public RestResponse<TemplateView> find(
            @PathParam("type") @Parameter(description = TYPE, example = "ORDER_SHIPPED") String type) {
        return tagged(templates
                .folder(type)
                .map(folder -> TemplateView.of(folder, published.version(type)))
                .orElseThrow(() -> TemplateProblems.unknown(type)));
    }

    @GET
    @Path("/{type}/history")
    @Operation(
            operationId = "getTemplateHistory",
            summary = "The history of a type's texts",
            description = "Every publication, the latest first. The history of files is where the files are kept.")
    @APIResponse(responseCode = "200", description = "The changes")
    @APIResponse(responseCode = "404", description = "There is no type of this name, and there never was")
    public Uni<List<TemplateChange>> history(
            @PathParam("type") @Parameter(description = TYPE, example = "ORDER_SHIPPED") String type,
            @BeanParam DocumentHistoryQuery query) {
        return documents
                .history(PublishedTemplates.TOPIC, type, query.changes())
                .map(changes -> {
                    if (changes.isEmpty() && templates.folder(type).isEmpty()) {
                        throw new ProblemException(
                                ProblemType.NOT_FOUND, "There never was a notification type " + type);
                    }
                    return changes.stream().map(TemplateChange::of).toList();
                });
    }

    @GET
    @Path("/{type}/versions/{version}")
    @Operation(
            operationId = "getTemplateVersion",
            summary = "Texts as they were published",
            description = "Any version that was ever published through the API.")
    @APIResponse(responseCode = "200", description = "The version")
    public Uni<VersionView> version(
            @PathParam("type") @Parameter(description = TYPE, example = "ORDER_SHIPPED") String type,
            @PathParam("version") @Parameter(description = "A version of its history", example = "v2") String version) {
        return publisher.version(type, version).map(found -> VersionView.of(found, published.text(found)));
    }

    @POST
    @Path("/{type}/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(
            operationId = "previewTemplate",
            summary = "Preview texts",
            description =
                    "For one channel in one language, with the given data or the type's examples: the version in use, a draft, or an old version.")
    @APIResponse(responseCode = "200", description = "The texts")
    @APIResponse(responseCode = "404", description = "There is no type of this name, no draft, or no such version")
    @APIResponse(
            responseCode = "422",
            description = "A variable is missing or not valid, or there is no such channel; the pointer names it")
    public Uni<PreviewView> preview(
            @PathParam("type") @Parameter(description = TYPE, example = "ORDER_SHIPPED") String type,
            @Valid @NotNull(message = "is required") PreviewRequest request) {
        return previews.preview(caller.tenant(), type, request);
    }

    @POST
    @Path("/{type}/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(
            operationId = "checkTemplate",
            summary = "Check texts",
            description =
                    "Files as a draft has them. Answers all errors and warnings at once, each with file, line and column: what cannot be parsed or rendered, a variable that is not declared or not always there, one that no text says; and how long each channel's text is in each language. Nothing is stored.")
    @APIResponse(responseCode = "200", description = "What was found; `ok` says whether the texts can be used")
    public Uni<TemplateCheckView> check(
            @PathParam("type")
                    @Parameter(description = TYPE, example = "ORDER_SHIPPED")
                    @Pattern(regexp = DraftResource.NAME, message = "must be capital letters, digits and '_'")
                    String type,
            @Valid @NotNull(message = "is required") DraftBody body) {
        return previews.check(
                caller.tenant(), body.text(type, templates.folder(type).orElse(null)));
    }

    static RestResponse<TemplateView> tagged(TemplateView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", '"' + view.version() + '"')
                .header("Cache-Control", "no-cache")
                .build();
    }
}
