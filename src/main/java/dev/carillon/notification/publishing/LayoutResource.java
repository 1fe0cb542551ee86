package dev.carillon.notification.publishing;

import dev.carillon.notification.publishing.LayoutView.LayoutVersionView;
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

/** The API for layouts in use, and their history. */
@Path(LayoutResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
@Tag(
        name = "Layouts",
        description =
                "The common parts of texts: head, greeting, footer. Like templates they belong to the deployment: they are the same for all tenants.")
class LayoutResource {

    static final String PATH = "/api/v1/layouts";
    static final String LAYOUT = "The layout";

    private final Templates templates;
    private final PublishedLayouts published;
    private final LayoutPublisher publisher;
    private final VersionedDocuments documents;
    private final Previews previews;
    private final Caller caller;

    LayoutResource(
            Templates templates,
            PublishedLayouts published,
            LayoutPublisher publisher,
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
            operationId = "listLayouts",
            summary = "List the layouts",
            description =
                    "With the notification types that use them, by name. The layout of web pages is a file and not among them.")
    @APIResponse(responseCode = "200", description = "The layouts")
    public List<LayoutView> list() {
        return templates.layouts().stream()
                .map(layout ->
                        LayoutView.of(layout, published.version(layout.name())).withoutText())
                .toList();
    }

    @GET
    @Path("/{layout}")
    @Operation(
            operationId = "getLayout",
            summary = "A layout and its files",
            description = "As it is in use now, in all its languages.")
    @APIResponse(responseCode = "200", description = "The layout")
    public RestResponse<LayoutView> find(
            @PathParam("layout") @Parameter(description = LAYOUT, example = "email") String layout) {
        return tagged(publisher
                .inUse(layout)
                .map(found -> LayoutView.of(found, published.version(layout)))
                .orElseThrow(() -> LayoutPublisher.unknown(layout)));
    }

    @GET
    @Path("/{layout}/history")
    @Operation(
            operationId = "getLayoutHistory",
            summary = "The history of a layout",
            description = "Every publication, the latest first. The history of files is where the files are kept.")
    @APIResponse(responseCode = "200", description = "The changes")
    @APIResponse(responseCode = "404", description = "There is no layout of this name, and there never was")
    public Uni<List<TemplateChange>> history(
            @PathParam("layout") @Parameter(description = LAYOUT, example = "email") String layout,
            @BeanParam DocumentHistoryQuery query) {
        return documents
                .history(PublishedLayouts.TOPIC, layout, query.changes())
                .map(changes -> {
                    if (changes.isEmpty() && publisher.inUse(layout).isEmpty()) {
                        throw new ProblemException(ProblemType.NOT_FOUND, "There never was a layout " + layout);
                    }
                    return changes.stream().map(TemplateChange::of).toList();
                });
    }

    @GET
    @Path("/{layout}/versions/{version}")
    @Operation(
            operationId = "getLayoutVersion",
            summary = "A layout as it was published",
            description = "Any version that was ever published through the API.")
    @APIResponse(responseCode = "200", description = "The version")
    public Uni<LayoutVersionView> version(
            @PathParam("layout") @Parameter(description = LAYOUT, example = "email") String layout,
            @PathParam("version") @Parameter(description = "A version of its history", example = "v2") String version) {
        return publisher
                .version(layout, version)
                .map(found -> new LayoutVersionView(
                        found.id(),
                        found.version(),
                        found.at(),
                        found.by(),
                        published.text(found).files()));
    }

    @POST
    @Path("/{layout}/preview/{type}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(
            operationId = "previewLayout",
            summary = "Preview a layout",
            description =
                    "Around the texts in use of a type that includes it. `version` is of the layout: `draft`, or one that was published.")
    @APIResponse(responseCode = "200", description = "The texts")
    @APIResponse(responseCode = "404", description = "There is no such type, layout, draft or version")
    @APIResponse(
            responseCode = "422",
            description = "The type cannot be rendered with it, or a variable is missing; the pointer says which")
    public Uni<PreviewView> preview(
            @PathParam("layout") @Parameter(description = LAYOUT, example = "email") String layout,
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @Valid @NotNull(message = "is required") PreviewRequest request) {
        return previews.around(caller.tenant(), layout, type, request);
    }

    static RestResponse<LayoutView> tagged(LayoutView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", '"' + view.version() + '"')
                .header("Cache-Control", "no-cache")
                .build();
    }
}
