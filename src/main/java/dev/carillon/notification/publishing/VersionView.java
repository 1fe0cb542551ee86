package dev.carillon.notification.publishing;

import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.versions.DocumentVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A published version of a type's texts. */
@RegisterForReflection
@Schema(name = "TemplateVersion", description = "A version of a type's texts, as it was published.")
record VersionView(
        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(description = "Which one", examples = "v3") String version,

        @Schema(description = "When it was first published", examples = "2026-03-01T12:00:00Z")
        Instant publishedAt,

        @Schema(description = "The key that published it", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String publishedBy,

        @Schema(description = "File name to content", examples = "{\"sms.txt\": \"Your order {orderId} has shipped\"}")
        Map<String, String> files) {

    static VersionView of(DocumentVersion version, TypeText text) {
        return new VersionView(
                version.id(), version.version(), version.at(), Objects.requireNonNull(version.by()), text.files());
    }
}
