package dev.carillon.delivery.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a redrive did, or would do. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a redrive did, or with `dryRun` would do now.")
public record RedriveReport(
        @Schema(description = "redriven, or rehearsed where nothing was done", examples = "redriven")
        String action,

        @Schema(
                description = "Its id, to ask what came true; left out where nothing was redriven",
                examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String redriveId,

        @Schema(description = "How many are in the outbox again, or would be", examples = "480")
        int count,

        @Schema(description = "How many match but have expired, and stay; counted up to 10,000", examples = "20")
        int expired,

        @Schema(description = "Whether more match than one call handles: call again", examples = "false")
        boolean more,

        @Schema(description = "What would become of them; with `dryRun` only") @Nullable
        Rehearsal rehearsal) {

    /**
     * What would become of those in the outbox: the same evaluation as when they are redriven, now.
     *
     * @param erased of those that match: they do not go into the outbox
     */
    @RegisterForReflection
    @Schema(
            name = "RedriveRehearsal",
            description = "What would become of them now: found by the evaluation that decides when they are redriven.")
    public record Rehearsal(
            @Schema(description = "How many would be sent", examples = "477")
            int go,

            @Schema(description = "Of these, how many would wait for an open circuit", examples = "0")
            int circuitOpen,

            @Schema(description = "Reason → how many would wait because of it", examples = "{\"QUIET_HOURS\": 1}")
            Map<String, Integer> waiting,

            @Schema(
                    description = "Reason → how many would not be sent because of it",
                    examples = "{\"ADDRESS_SUPPRESSED\": 2}")
            Map<String, Integer> refused,

            @Schema(
                    description = "How many match and belong to an erased customer; they are not counted above",
                    examples = "0")
            int erased) {}
}
