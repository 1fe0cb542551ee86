package dev.carillon.delivery.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a redrive. */
@RegisterForReflection
@Schema(name = "Redriven", description = "A dead letter that is in the outbox again.")
public record RedrivenView(
        @Schema(examples = "01KAJ3W4S9T1V6B8N2C4X7Z0QD") String deliveryId,

        @Schema(description = "The notification to follow", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") @Nullable
        String trackingId,

        @Schema(examples = "redriven") String action) {}
