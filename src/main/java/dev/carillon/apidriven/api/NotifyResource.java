package dev.carillon.apidriven.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** The same door in snake case, as the first design of this service wrote it down. */
@Path("/notify")
@Tag(name = "Notifications")
class NotifyResource {

    private static final java.util.regex.Pattern SNAKE = java.util.regex.Pattern.compile("_([a-z0-9])");
    private static final java.util.regex.Pattern CAMEL = java.util.regex.Pattern.compile("(?<=[a-z0-9])([A-Z])");
    private static final FieldNames NAMES = new FieldNames("/notification_type", "/customer_id", NotifyResource::snake);

    /** What is told to whom; context keys may be in snake case. */
    @RegisterForReflection
    record NotifyRequest(
            @JsonProperty("notification_type") @Schema(examples = "ORDER_SHIPPED")
            @NotBlank(message = "is required") @Size(max = 100, message = "must have at most 100 characters") String notification_type,
            @JsonProperty("customer_id") @Schema(examples = "cust-001") @NotBlank(message = "is required")
            @Size(max = 200, message = "must have at most 200 characters") @Pattern(regexp = NotificationRequest.NO_CONTROLS, message = "must hold no control characters") String customer_id,
            @Schema(examples = "{\"order_id\":\"ord-001\"}") @Nullable Map<String, Object> context) {
    }

    /** Where it can be followed. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NotifyResponse(@JsonProperty("tracking_id") String trackingId, String status, @Nullable String reason) {
    }

    private final Submissions submissions;
    private final Caller caller;

    NotifyResource(Submissions submissions, Caller caller) {
        this.submissions = submissions;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(summary = "Submit a notification, in snake case", description = "The same as POST /api/v1/notifications, without a business key.")
    @APIResponse(responseCode = "202", description = "Committed", content = @Content(schema = @Schema(implementation = NotifyResponse.class)))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "422", description = "An unknown type or property, a missing or wrong-typed field; the pointer names it", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<NotifyResponse>> notify(@Valid @NotNull(message = "is required") NotifyRequest request, @Context UriInfo uri) {
        return submissions.submit(caller.tenant(), new NotificationRequest(request.notification_type(), request.customer_id(), camel(request.context()), null), NAMES)
                .map(Accepted::of)
                .map(accepted -> ResponseBuilder.accepted(new NotifyResponse(accepted.trackingId(), accepted.status(), accepted.reason()))
                        .location(uri.getBaseUriBuilder().path(NotificationResource.class).path(accepted.trackingId()).build()).build());
    }

    private static Map<String, Object> camel(@Nullable Map<String, Object> context) {
        var camel = new LinkedHashMap<String, Object>();
        if (context != null) {
            context.forEach((name, value) -> camel.put(SNAKE.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT)), value));
        }
        return camel;
    }

    private static String snake(String pointer) {
        return CAMEL.matcher(pointer).replaceAll(match -> Matcher.quoteReplacement("_" + match.group(1).toLowerCase(Locale.ROOT)));
    }
}
