package dev.carillon.delivery.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dead letter with its attempts and redrives. */
@RegisterForReflection
@Schema(description = "A dead letter with every attempt and every earlier redrive.")
public record DeadLetterHistory(
        DeadLetter deadLetter,

        @Schema(description = "Oldest first; numbering restarts with each redrive")
        List<Try> attempts,

        @Schema(description = "Its earlier redrives, oldest first")
        List<Action> actions) {

    /** One attempt. */
    @RegisterForReflection
    @Schema(name = "DeadLetterAttempt", description = "One attempt.")
    public record Try(
            @Schema(examples = "1") int number,
            @Schema(examples = "sendgrid") String provider,

            @Schema(description = "retry, dead or unknown", examples = "retry")
            String outcome,

            @Schema(examples = "PROVIDER_ERROR") @Nullable String failure,
            @Schema(examples = "HTTP 503") @Nullable String detail,
            Instant startedAt,
            Instant endedAt) {}

    /** A redrive. */
    @RegisterForReflection
    @Schema(name = "DeadLetterAction", description = "One redrive: who did it, and when.")
    public record Action(
            @Schema(examples = "redriven") String action,

            @Schema(description = "The kind of failure it was dead-lettered for", examples = "PROVIDER_ERROR")
            String failure,

            @Schema(description = "After how many attempts", examples = "12")
            int attempts,

            @Schema(description = "When it had been dead-lettered")
            Instant deadAt,

            Instant at,

            @Schema(description = "The API key's id", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String by) {}
}
