package dev.carillon.apidriven.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.id.GivenId;
import dev.carillon.platform.id.OneLineText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to notify one customer.
 *
 * @param context     what the templates may use, an open map: each type says what it needs
 * @param businessKey   the key of the fact that is sent at most once, through either door
 * @param channels      only these; all of the type's when left out
 * @param priority      high, normal, low
 * @param correlationId whatever the caller wants to find it by
 * @param sendAt        not before
 * @param expiresAt     of no use any more from then on
 * @param locale        in which language; the customer's when left out
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Notify this customer of this.")
public record NotificationRequest(
        @Schema(description = "A notification type", examples = "ORDER_SHIPPED")
        @NotBlank(message = "is required")
        @Size(max = LONGEST_TYPE, message = "must have at most 100 characters")
        String type,

        @Schema(description = "The customer to notify", examples = "cust-001")
        @NotNull(message = "is required")
        @CustomerId
        String customerId,

        @Schema(
                description =
                        "The variables for the templates; each type says what it needs. At most 256 KiB as JSON by default",
                examples = "{\"orderId\":\"ord-001\"}")
        @Nullable
        Map<String, Object> context,

        @Schema(
                description = "The fact customers are notified of at most once, through either door",
                examples = "order/ord-001/shipped",
                minLength = 1,
                maxLength = LONGEST_KEY)
        @Nullable
        @OneLineText(max = LONGEST_KEY)
        String businessKey,

        @Schema(description = "Send only on these channels; on all of the type when left out", examples = "[\"email\"]")
        @Nullable
        @Size(min = 1, max = MOST_CHANNELS, message = "must have 1 to 20 channels")
        List<@NotNull(message = "is required") String> channels,

        @Schema(
                description = "high, normal or low; a lower lane never delays a higher one",
                examples = "normal",
                enumeration = {"high", "normal", "low"})
        @Nullable
        String priority,

        @Schema(
                description = "Free text to find it by",
                examples = "req-abc-123",
                minLength = 1,
                maxLength = LONGEST_CORRELATION)
        @Nullable
        @OneLineText(max = LONGEST_CORRELATION)
        String correlationId,

        @Schema(
                description = "The earliest time to send; preferences and quiet hours are checked again then. UTC",
                format = "date-time",
                examples = "2026-12-24T08:00:00Z")
        @Nullable
        String sendAt,

        @Schema(description = "When it expires; UTC", format = "date-time", examples = "2026-12-24T20:00:00Z") @Nullable
        String expiresAt,

        @Schema(
                description =
                        "The language, or the nearest one that has texts; the customer's when left out, else the service's",
                examples = "de-AT")
        @Nullable
        String locale) {

    private static final int LONGEST_TYPE = 100;
    private static final int LONGEST_KEY = 400;
    private static final int LONGEST_CORRELATION = 200;
    private static final int MOST_CHANNELS = 20;

    public NotificationRequest {
        context = context == null ? Map.of() : context;
    }

    /**
     * Whether it is seen at once that it meets all constraints above, as nearly all do. What is not seen is no fault
     * yet: {@link RequestConstraints} asks.
     */
    boolean plainlyMeetsConstraints() {
        return type != null
                && type.length() <= LONGEST_TYPE
                && !type.isBlank()
                && customerId != null
                && GivenId.wrongWithCustomer(customerId).isEmpty()
                && isLine(businessKey, LONGEST_KEY)
                && (channels == null
                        || !channels.isEmpty()
                                && channels.size() <= MOST_CHANNELS
                                && channels.stream().allMatch(Objects::nonNull))
                && isLine(correlationId, LONGEST_CORRELATION);
    }

    private static boolean isLine(@Nullable String text, int longest) {
        return text == null || GivenId.wrongWith(text, longest).isEmpty();
    }

    /** At once, on every channel of the type. */
    public static NotificationRequest of(
            String type, String customerId, @Nullable Map<String, Object> context, @Nullable String businessKey) {
        return new NotificationRequest(type, customerId, context, businessKey, null, null, null, null, null, null);
    }
}
