package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.platform.versions.DocumentChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One entry of a type's history. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One change of the published texts.")
public record TemplateChange(
        @Schema(description = "What changed", examples = "published")
        TemplateChangeKind change,

        @Schema(
                description = "The version published from then on; left out when the files' texts were restored",
                examples = "v3")
        @Nullable
        String version,

        @Schema(description = "When", examples = "2026-03-01T12:00:00Z")
        Instant at,

        @Schema(description = "The key that made the change", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String by) {

    static TemplateChange of(DocumentChange change) {
        return new TemplateChange(
                TemplateChangeKind.of(change.kind()),
                change.version(),
                change.at(),
                Objects.requireNonNull(change.by()));
    }

    /** The kinds of change to published texts. */
    @RegisterForReflection
    @Schema(name = "TemplateChangeKind")
    public enum TemplateChangeKind {
        PUBLISHED,
        ROLLED_BACK,
        DELETED;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static TemplateChangeKind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
