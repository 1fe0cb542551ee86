package dev.carillon.notification.unsubscribe;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The target of a mail's unsubscribe link: GET changes nothing, POST unsubscribes (RFC 8058). The link itself is the
 * credential.
 */
@Path(Unsubscribing.PATH + "/{token}")
@SecurityRequirements
@Tag(name = "Preferences")
class UnsubscribeResource {

    private static final String HTML = "text/html;charset=utf-8";

    private final Unsubscribing unsubscribing;
    private final UnsubscribePage page;

    UnsubscribeResource(Unsubscribing unsubscribing, UnsubscribePage page) {
        this.unsubscribing = unsubscribing;
        this.page = page;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "showUnsubscribePage",
            summary = "Ask before unsubscribing",
            description =
                    "A page with a button, in the customer's language. Mail scanners follow links, so nothing is changed by looking.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<Response> look(
            @PathParam("token") @Parameter(description = "From the mail", example = "ZGVmYXVsdAp…") String token) {
        return page.asking(known(token)).map(UnsubscribeResource::shown);
    }

    @POST
    @PermitAll
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "unsubscribe", summary = "Unsubscribe with one click", description = """
            Stops messages of this category on this channel, including those that are held. Needs no cookie and no credentials but the
            link; mail programs post `List-Unsubscribe=One-Click`, but the body and its type are ignored. Doing it twice changes nothing.""")
    @APIResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<Response> unsubscribe(
            @PathParam("token") @Parameter(description = "From the mail", example = "ZGVmYXVsdAp…") String token) {
        var subscription = known(token);
        return unsubscribing
                .unsubscribe(subscription)
                .chain(() -> page.done(subscription))
                .map(UnsubscribeResource::shown);
    }

    private UnsubscribeTarget known(String token) {
        return unsubscribing
                .read(token)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "This is not one of our links"));
    }

    /** The page links nowhere else and must not be cached: its address is a credential. */
    private static Response shown(String page) {
        return Response.ok(page, HTML)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
