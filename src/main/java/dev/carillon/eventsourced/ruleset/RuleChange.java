package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.platform.versions.DocumentChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One entry of a rule's history. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One change of the rules in force.")
record RuleChange(
        @Schema(description = "What happened", examples = "put")
        RuleChangeKind change,

        @Schema(description = "The version in force from then on; left out when none", examples = "5f0c2d9a7b31")
        @Nullable
        String version,

        @Schema(description = "Where that version comes from", examples = "api") @Nullable
        RuleOrigin origin,

        @Schema(description = "The file it is in", examples = "ordering.yaml") @Nullable
        String file,

        @Schema(description = "When", examples = "2026-03-01T12:00:00Z")
        Instant at,

        @Schema(description = "The key that did it; left out when a file did", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String by) {

    static RuleChange of(DocumentChange change) {
        return new RuleChange(
                RuleChangeKind.of(change.kind()),
                change.version(),
                change.origin() == null ? null : RuleOrigin.of(change.origin()),
                change.file(),
                change.at(),
                change.by());
    }

    /** The kinds of change of a rule. */
    @RegisterForReflection
    @Schema(name = "RuleChangeKind")
    public enum RuleChangeKind {
        PUT,
        DELETED,
        FILE_CHANGED,
        FILE_REMOVED,
        ENABLED,
        DISABLED;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static RuleChangeKind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
