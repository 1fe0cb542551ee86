package dev.carillon.delivery.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Dead letters that were redriven together. */
@RegisterForReflection
@Schema(description = "Dead letters that were redriven together.")
public record Redrive(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String redriveId,

        @Schema(description = "Which were meant") DeadLetterFilter filter,

        @Schema(description = "How many went back into the outbox", examples = "480")
        int count,

        @Schema(description = "How many were meant, had expired, and stayed", examples = "20")
        int expired,

        @Schema(description = "UTC") Instant at,

        @Schema(description = "The API key's id", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String by) {}
