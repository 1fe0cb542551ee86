package dev.carillon.notification.publishing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a preview renders.
 *
 * @param locale   in which language; the type's own when left out
 * @param version  {@code draft}, or a published one; what is in use when left out
 * @param context  the type's examples when left out
 * @param timeZone the zone of days and hours; the service's when left out
 * @param customer the customer the text addresses; one without a name when left out
 */
@RegisterForReflection
@Schema(name = "TemplatePreviewRequest", description = "What somebody wants to read before anybody is told.")
record PreviewRequest(
        @Schema(description = "A channel of the type", examples = "email") @NotBlank(message = "is required")
        String channel,

        @Schema(
                description = "In which language, or the nearest there are words in; the type's own when left out",
                examples = "de-AT")
        @Nullable
        String locale,

        @Schema(description = "draft, or a published one; what is in use when left out", examples = "draft")
        @Nullable
        @Size(max = 20, message = "must have at most 20 characters")
        String version,

        @Schema(
                description = "What the words may use; the type's examples when left out",
                examples = "{\"orderId\": \"ord-001\"}")
        @Nullable
        Map<String, Object> context,

        @Schema(
                description = "By whose clock days and hours are told, an IANA time zone; the service's when left out",
                examples = "America/New_York")
        @Nullable
        @Size(max = 60, message = "must have at most 60 characters")
        String timeZone,

        @Schema(description = "Whom the words address", examples = "{\"name\": \"Alice Johnson\"}") @Nullable
        Map<String, Object> customer) {}
