package dev.carillon.delivery.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many dead letters a call has purged. */
@RegisterForReflection
@Schema(name = "DeadLettersPurged", description = "How many dead letters a call has purged.")
public record BulkAnswer(
        @Schema(description = "purged", examples = "purged") String action,

        @Schema(description = "How many", examples = "480") int count,

        @Schema(description = "Whether more match than one call handles: call again", examples = "false")
        boolean more) {}
