package dev.carillon.notification.publishing;

import dev.carillon.notification.publishing.LayoutPublisher.TriedLayout;
import dev.carillon.notification.publishing.LayoutView.LayoutDraftView;
import dev.carillon.notification.publishing.PublicationResource.Rollback;
import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API that changes layouts while the service runs. */
@Path(LayoutResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Layouts")
class LayoutChangeResource {

    private static final String NAME = "[a-z][a-z0-9_-]{0,99}";

    private final LayoutPublisher publisher;
    private final PublishedLayouts published;
    private final KeyedRequests keyed;
    private final Caller caller;

    LayoutChangeResource(LayoutPublisher publisher, PublishedLayouts published, KeyedRequests keyed, Caller caller) {
        this.publisher = publisher;
        this.published = published;
        this.keyed = keyed;
        this.caller = caller;
    }

    @GET
    @Path("/{layout}/draft")
    @Operation(
            operationId = "getLayoutDraft",
            summary = "The draft of a layout",
            description =
                    "As it was written, with the types that it would break by now. Its ETag changes with anything that is stored; If-Match accepts its `tag` as well.")
    @APIResponse(responseCode = "200", description = "The draft")
    public Uni<RestResponse<LayoutDraftView>> find(
            @PathParam("layout") @Parameter(description = LayoutResource.LAYOUT, example = "email") String layout) {
        return publisher.draft(layout, caller.tenant()).map(LayoutChangeResource::drafted);
    }

    @PUT
    @Conditional
    @Path("/{layout}/draft")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putLayoutDraft", summary = "Put a draft of a layout", description = """
            All files of the layout: `email.html`, and translations such as `email.de.html`. They are compiled at once, and all types that include
            the layout are rendered with it: `breaks` says which cannot be. Not used before it is published. It may be a new layout. For
            administrators of the tenant `default`, because layouts are shared by all tenants.""")
    @APIResponse(responseCode = "200", description = "Stored; it replaces the draft before")
    @APIResponse(responseCode = "201", description = "Stored; there was no draft before")
    @APIResponse(
            responseCode = "422",
            description = "A layout that cannot be used; the problem names file, line and column")
    public Uni<RestResponse<LayoutDraftView>> put(
            @PathParam("layout")
                    @Parameter(description = "The layout; small letters, digits, '-' and '_'", example = "email")
                    @Pattern(regexp = NAME, message = "must be small letters, digits, '-' and '_'")
                    String layout,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") DraftBody body) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        return publisher
                .keepDraft(body.text(layout, null), expected, caller.id())
                .map(LayoutChangeResource::drafted);
    }

    @DELETE
    @Conditional
    @Path("/{layout}/draft")
    @Operation(
            operationId = "discardLayoutDraft",
            summary = "Delete the draft of a layout",
            description = "The layout in use stays. For administrators of the tenant `default`.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<Void> discard(
            @PathParam("layout") @Parameter(description = LayoutResource.LAYOUT, example = "email") String layout,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        return publisher.discardDraft(layout, expected);
    }

    @POST
    @TakesNoBody
    @Path("/{layout}/publish")
    @Conditional
    @Operation(operationId = "publishLayout", summary = "Publish the draft of a layout", description = """
            It becomes a new version, which all types that include it use for all messages from now on; on other replicas within a second or two.
            It is refused while a type could not be rendered with it. For administrators of the tenant `default`.""")
    @APIResponseSchema(value = LayoutView.class, responseCode = "200", responseDescription = "Published")
    @APIResponse(
            responseCode = "409",
            description = "There is no draft, or types could not be rendered with it: the problem names them")
    @APIResponse(responseCode = "422", description = "A layout that can no longer be used")
    public Uni<Response> publish(
            @BeanParam IdempotencyKey key,
            @PathParam("layout") @Parameter(description = LayoutResource.LAYOUT, example = "email") String layout,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        var by = caller.id();
        return keyed.answered(
                key, work -> publisher.publish(layout, expected, by).map(done -> inUse(layout)));
    }

    @POST
    @Path("/{layout}/rollback")
    @Conditional
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rollBackLayout",
            summary = "Publish an old version of a layout again",
            description = "Unchanged, with its own version number. For administrators of the tenant `default`.")
    @APIResponseSchema(value = LayoutView.class, responseCode = "200", responseDescription = "In use again")
    @APIResponse(responseCode = "409", description = "Types could not be rendered with it: the problem names them")
    @APIResponse(responseCode = "422", description = "A layout that can no longer be used")
    public Uni<Response> rollBack(
            @BeanParam IdempotencyKey key,
            @PathParam("layout") @Parameter(description = LayoutResource.LAYOUT, example = "email") String layout,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") Rollback wanted) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        var by = caller.id();
        return keyed.answered(
                key,
                wanted,
                work -> publisher
                        .rollBack(layout, wanted.version(), expected, by)
                        .map(done -> inUse(layout)));
    }

    @DELETE
    @Conditional
    @Path("/{layout}")
    @Operation(operationId = "resetLayout", summary = "Go back to the files' layout", description = """
            What was published stays in the history and can be rolled back to. A layout that is in no file is removed; while a type includes it,
            the call is refused (409). For administrators of the tenant `default`.""")
    @APIResponse(responseCode = "204", description = "The files' layout is in use")
    @APIResponse(
            responseCode = "409",
            description = "The files' layout is in use already, or types could not be rendered with it")
    public Uni<Void> delete(
            @PathParam("layout") @Parameter(description = LayoutResource.LAYOUT, example = "email") String layout,
            @BeanParam Preconditions expected) {
        caller.requireDefaultTenant(DraftResource.REFUSAL);
        return publisher.delete(layout, expected, caller.id());
    }

    private RestResponse<LayoutView> inUse(String layout) {
        return LayoutResource.tagged(publisher
                .inUse(layout)
                .map(found -> LayoutView.of(found, published.version(layout)))
                .orElseThrow(() -> LayoutPublisher.unknown(layout)));
    }

    private static RestResponse<LayoutDraftView> drafted(TriedLayout tried) {
        var view = LayoutDraftView.of(tried.draft(), tried.breaks());
        var answer = tried.created()
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                        .header(HttpHeaders.LOCATION, LayoutResource.PATH + "/" + view.layout() + "/draft")
                : RestResponse.ResponseBuilder.ok(view);
        return answer.header("ETag", '"' + tried.draft().entityTag() + '"').build();
    }
}
