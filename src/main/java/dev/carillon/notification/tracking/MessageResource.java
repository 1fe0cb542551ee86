package dev.carillon.notification.tracking;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API for what notifications said. */
@Path("/api/v1/notifications/{trackingId}/messages")
@Tag(name = "Notifications")
class MessageResource {

    /**
     * What a customer's mail may do in a support agent's browser: show text, its own styles and its own images. It runs nothing,
     * submits nothing, opens nothing and asks no server for anything, so no tracking pixel tells that it was looked at.
     */
    static final String SANDBOX =
            "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    private final Messages messages;
    private final Caller caller;

    MessageResource(Messages messages, Caller caller) {
        this.messages = messages;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "listMessages", summary = "What a notification said", description = """
            The message on each channel it goes out on, as it was sent or is to be sent: address, subject, text, and of a text message how
            it is counted. Texts are kept as long as the notification; when the customer is erased they are gone, and `erased` says so.""")
    @APIResponse(responseCode = "200", description = "The messages")
    public Uni<NotificationMessages> list(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String trackingId) {
        return messages.of(caller.tenant(), trackingId)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "No notification has this tracking id")));
    }

    @GET
    @Path("/{deliveryId}/html")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "getMessageHtml", summary = "A message's HTML", description = """
            To be shown in a frame of the same origin. Its Content-Security-Policy is a sandbox: it runs no script, loads nothing from any server,
            and sends nothing.""")
    @APIResponse(
            responseCode = "200",
            description = "The HTML as it was sent",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = "No such message in your tenant, or it has no HTML")
    @APIResponse(responseCode = "410", description = "The customer was erased, and the text with them")
    public Uni<Response> html(
            @PathParam("trackingId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String trackingId,
            @PathParam("deliveryId") @Parameter(description = "A ULID", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String deliveryId) {
        return messages.html(caller.tenant(), trackingId, deliveryId).map(found -> {
            var stored = found.orElseThrow(
                    () -> new ProblemException(ProblemType.NOT_FOUND, "The notification has no such message"));
            if (stored.erased()) {
                throw new ProblemException(ProblemType.GONE, "The customer was erased, and the text with them");
            }
            if (stored.html() == null) {
                throw new ProblemException(ProblemType.NOT_FOUND, "The message has no HTML");
            }
            return Response.ok(stored.html(), MediaType.TEXT_HTML + ";charset=UTF-8")
                    .header("Content-Security-Policy", SANDBOX)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .build();
        });
    }
}
