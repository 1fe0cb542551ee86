package dev.carillon.notification.publishing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message to send to oneself. */
@RegisterForReflection
@Schema(name = "TemplateTestRequest", description = "What to send as a test, and to which address.")
record TemplateTestRequest(
        @Schema(description = "A channel of the type on which people have addresses", examples = "email")
        @NotBlank(message = "is required")
        String channel,

        @Schema(description = "Where to send it: an address on that channel", examples = "author@example.com")
        @NotBlank(message = "is required")
        @Size(max = 320, message = "must have at most 320 characters")
        String to,

        @Schema(description = "As in a preview", examples = "de") @Nullable
        String locale,

        @Schema(description = "draft, or a published version; the version in use when left out", examples = "draft")
        @Nullable
        @Size(max = 20, message = "must have at most 20 characters")
        String version,

        @Schema(
                description = "The variables for the texts; the type's examples when left out",
                examples = "{\"orderId\": \"ord-001\"}")
        @Nullable
        Map<String, Object> context,

        @Schema(description = "As in a preview", examples = "America/New_York")
        @Nullable
        @Size(max = 60, message = "must have at most 60 characters")
        String timeZone,

        @Schema(description = "The customer the texts address", examples = "{\"name\": \"Alice Johnson\"}") @Nullable
        Map<String, Object> customer) {

    PreviewRequest preview() {
        return new PreviewRequest(channel, locale, version, context, timeZone, customer, null);
    }
}
