package dev.carillon.notification.callback;

import dev.carillon.delivery.report.Callback;
import dev.carillon.platform.body.ChecksItsBody;
import dev.carillon.platform.rest.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint where providers report delivery results. Providers have no API key; their signature authenticates them.
 */
@Path("/api/v1/callbacks")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirements
@Tag(
        name = "Callbacks",
        description =
                "Where providers report what became of deliveries; they authenticate by signature, not by API key.")
class CallbackResource {

    private static final String TAKEN = "Checked and committed; what names no delivery of ours is counted";
    private static final String FORGED = "The signature does not match, or is too old";
    private static final String CLOSED = "No key to check this provider's signature is configured";

    private final CallbackIntake intake;
    private final Clock clock;

    CallbackResource(CallbackIntake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @ChecksItsBody
    @PermitAll
    @Path("/sendgrid")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "receiveSendGridEvents",
            summary = "SendGrid's events",
            description = "Its Event Webhook, with signature verification switched on; found by `deliveryId`, "
                    + "which mail carries as a custom argument.")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object[].class)))
    @APIResponse(responseCode = "200", description = TAKEN)
    @APIResponse(responseCode = "401", description = FORGED, content = @Content(mediaType = Problem.MEDIA_TYPE))
    @APIResponse(responseCode = "404", description = CLOSED)
    public Uni<CallbackResult> sendgrid(byte @Nullable [] body, @Context HttpHeaders headers, @Context UriInfo uri) {
        return intake.take("sendgrid", "sendgrid", callback("sendgrid", body, headers, uri));
    }

    @POST
    @PermitAll
    @Path("/twilio")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(operationId = "receiveTwilioStatus", summary = "Twilio's status, and answers", description = """
            Its status callbacks, found by `deliveryId` in the URL; and, where a number's incoming messages are sent here, STOP and START, of the
            customers of `tenant` in the URL (`default` without one).""")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(name = "MessageSid", type = SchemaType.STRING),
                                                        @SchemaProperty(
                                                                name = "MessageStatus",
                                                                type = SchemaType.STRING),
                                                @SchemaProperty(name = "ErrorCode", type = SchemaType.STRING),
                                                        @SchemaProperty(name = "From", type = SchemaType.STRING),
                                                @SchemaProperty(name = "To", type = SchemaType.STRING),
                                                        @SchemaProperty(name = "Body", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "200", description = TAKEN)
    @APIResponse(responseCode = "401", description = FORGED, content = @Content(mediaType = Problem.MEDIA_TYPE))
    @APIResponse(responseCode = "404", description = CLOSED)
    public Uni<CallbackResult> twilio(byte @Nullable [] body, @Context HttpHeaders headers, @Context UriInfo uri) {
        return intake.take("twilio", "twilio", callback("twilio", body, headers, uri));
    }

    @POST
    @PermitAll
    @Path("/generic/{provider}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "receiveProviderEvents", summary = "Any other provider's events", description = """
            One event or `{"events": […]}` with up to 1,000, signed according to Standard Webhooks with a secret of
            `carillon.callbacks.generic.<provider>.secrets`. `status` is delivered, bounced or complained; a bounce blocks the address
            unless `permanent` is false.""")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = TAKEN)
    @APIResponse(responseCode = "401", description = FORGED, content = @Content(mediaType = Problem.MEDIA_TYPE))
    @APIResponse(responseCode = "404", description = CLOSED)
    public Uni<CallbackResult> generic(
            @PathParam("provider") @Parameter(description = "Its name in the settings", example = "acme")
                    String provider,
            byte @Nullable [] body,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return intake.take("generic", "generic/" + provider, callback(provider, body, headers, uri));
    }

    private Callback callback(String account, byte @Nullable [] body, HttpHeaders headers, UriInfo uri) {
        var query = uri.getRequestUri().getRawQuery();
        return new Callback(
                account,
                query == null ? "" : query,
                headers::getHeaderString,
                body == null ? new byte[0] : body,
                clock.instant());
    }
}
