package dev.carillon.apidriven.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * "Tell this customer this."
 *
 * @param context     what the templates may use, an open map: each type says what it needs
 * @param businessKey the fact that is told at most once, whichever door it comes through
 */
@RegisterForReflection
@Schema(description = "Tell this customer this.")
public record NotificationRequest(
        @Schema(description = "A notification type", examples = "ORDER_SHIPPED")
        @NotBlank(message = "is required") @Size(max = 100, message = "must have at most 100 characters") String type,
        @Schema(description = "Who is to be told", examples = "cust-001")
        @NotNull(message = "is required") @CustomerId String customerId,
        @Schema(description = "What the templates may use; each type says what it needs", examples = "{\"orderId\":\"ord-001\"}")
        @Nullable Map<String, Object> context,
        @Schema(description = "The fact that is told at most once, whichever door it comes through", examples = "order/ord-001/shipped")
        @Nullable @Size(min = 1, max = 400, message = "must have 1 to 400 characters") @NoControls String businessKey) {

    public NotificationRequest {
        context = context == null ? Map.of() : context;
    }
}
