package dev.carillon.apidriven.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The same API in snake case, as in the service's first design. */
@Path(NotifyResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications")
class NotifyResource {

    static final String PATH = "/notify";

    /**
     * Whom to notify of what; context keys may be in snake case. The components are named as in JSON, because
     * violations use their names.
     */
    @RegisterForReflection
    @Schema(description = "Notify this customer of this, in snake case.")
    record NotifyRequest(
            @JsonProperty("notification_type")
            @Schema(description = "A notification type", examples = "ORDER_SHIPPED")
            @NotBlank(message = "is required")
            @Size(max = 100, message = "must have at most 100 characters")
            String notification_type,

            @JsonProperty("customer_id")
            @Schema(description = "The customer to notify", examples = "cust-001")
            @NotNull(message = "is required")
            @CustomerId
            String customer_id,

            @Schema(
                    description = "The variables for the templates; names in snake or camel case",
                    examples = "{\"order_id\":\"ord-001\"}")
            @Nullable
            Map<String, Object> context) {}

    /** The tracking id of the notification. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The answer to a submission. It is committed.")
    record NotifyResponse(
            @JsonProperty("tracking_id") @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String trackingId,

            @Schema(description = "accepted, or suppressed", examples = "accepted")
            String status,

            @Schema(description = "Why nobody is notified; only with suppressed", examples = "CATEGORY_OFF") @Nullable
            String reason) {}

    private final Submissions submissions;
    private final KeyedRequests keyed;
    private final Caller caller;
    private final Json json;

    NotifyResource(Submissions submissions, KeyedRequests keyed, Caller caller, Json json) {
        this.submissions = submissions;
        this.keyed = keyed;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "notify",
            summary = "Submit a notification, in snake case",
            description = "The same as POST /api/v1/notifications, without a business key.")
    @APIResponse(
            responseCode = "202",
            description = "Committed",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = NotifyResponse.class)))
    @APIResponse(responseCode = "404", description = "The customer is unknown")
    @APIResponse(
            responseCode = "422",
            description =
                    "An unknown type or property, a missing field, or one of the wrong type; the pointer names it")
    public Uni<Response> notify(
            @BeanParam IdempotencyKey key, @Valid @NotNull(message = "is required") NotifyRequest request) {
        var tenant = caller.tenant();
        var context = SnakeCaseContext.of(request.context());
        var names = new FieldNames("/notification_type", "/customer_id", context::asSent);
        var submitted =
                NotificationRequest.of(request.notification_type(), request.customer_id(), context.camel(), null);
        return keyed.once(
                key,
                submitted,
                work -> submissions
                        .submit(tenant, submitted, names, work, 0)
                        .map(accepted -> Answer.json(
                                        202,
                                        json.write(new NotifyResponse(
                                                accepted.trackingId(), accepted.status(), accepted.reason())))
                                .with(HttpHeaders.LOCATION, NotificationResource.PATH + "/" + accepted.trackingId())));
    }
}
