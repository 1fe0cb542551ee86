package dev.carillon.delivery.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many dead letters a call has moved. */
@RegisterForReflection
@Schema(name = "DeadLettersMoved", description = "How many dead letters a call has redriven or purged.")
public record BulkAnswer(
        @Schema(description = "redriven or purged", examples = "redriven")
        String action,

        @Schema(description = "How many", examples = "480") int count,

        @Schema(
                description =
                        "With redriven: how many match but have expired and are not redriven; counted up to 10,000",
                examples = "20")
        int expired,

        @Schema(description = "Whether more match than one call handles: call again", examples = "false")
        boolean more) {}
