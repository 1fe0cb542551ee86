package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A delivery that failed permanently. It shows no address and no content. */
@RegisterForReflection
@Schema(description = "A delivery that failed permanently.")
public record DeadLetter(
        @Schema(description = "ULID", examples = "01KAJ3W4S9T1V6B8N2C4X7Z0QD")
        String deliveryId,

        @Schema(description = "The notification it belongs to", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") @Nullable
        String trackingId,

        @Schema(description = "The notification's type", examples = "ORDER_SHIPPED") @Nullable
        String type,

        @Schema(examples = "email") String channel,

        @Schema(description = "Who tried it last", examples = "sendgrid")
        String provider,

        FailureKind failure,

        @Schema(description = "What the provider answered, as codes", examples = "HTTP 503")
        String detail,

        @Schema(description = "Attempts since it was enqueued or redriven", examples = "12")
        int attempts,

        @Schema(description = "UTC") Instant deadAt,

        @Schema(description = "When it expires; after that it cannot be redriven; UTC") @Nullable
        Instant expiresAt) {}
