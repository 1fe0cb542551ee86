package dev.carillon.notification.publishing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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
 * @param files    texts to show instead of a version
 */
@RegisterForReflection
@Schema(name = "TemplatePreviewRequest", description = "What to preview.")
record PreviewRequest(
        @Schema(description = "A channel of the type", examples = "email") @NotBlank(message = "is required")
        String channel,

        @Schema(
                description = "The language, or the nearest one that has texts; the type's own when left out",
                examples = "de-AT")
        @Nullable
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

        @Schema(
                description = "The time zone for days and hours, an IANA name; the service's when left out",
                examples = "America/New_York")
        @Nullable
        @Size(max = 60, message = "must have at most 60 characters")
        String timeZone,

        @Schema(description = "The customer the texts address", examples = "{\"name\": \"Alice Johnson\"}") @Nullable
        Map<String, Object> customer,

        @Schema(
                description =
                        "Texts to show instead of a version, as a draft has them: for a preview while they are written",
                examples = "{\"sms.txt\": \"Your order {orderId} has shipped\"}")
        @Nullable
        @Size(max = DraftBody.MAX_FILES, message = "must have at most 100 files")
        Map<String, @NotNull(message = "is required") String> files) {}
