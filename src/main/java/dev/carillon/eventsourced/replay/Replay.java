package dev.carillon.eventsourced.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A replay as the API shows it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Replay", description = "A rebuild of memory from the journal.")
record Replay(
        @Schema(description = "Its id", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "Its state", examples = "done")
        ReplayState state,

        @Schema(description = "The journal is folded up to here", examples = "120000")
        long position,

        @Schema(
                description = "The last position of the journal when it began; once it is done, when it ended",
                examples = "120000")
        long of,

        @Schema(description = "Events folded", examples = "118204")
        long events,

        @Schema(description = "Events folded a second, on average", examples = "4100")
        long eventsPerSecond,

        @Schema(
                description = "What the live memory held; present once both are compared",
                examples = "9e107d9d372bb6826bd81d3542a419d6")
        @Nullable
        String liveHash,

        @Schema(
                description = "What the journal says, as of the same position",
                examples = "9e107d9d372bb6826bd81d3542a419d6")
        @Nullable
        String rebuiltHash,

        @Schema(description = "Whether they are the same", examples = "true") @Nullable
        Boolean equal,

        @Schema(
                description = "The kind of failure it ended with, and what it means; the log has the rest",
                examples = "PgException 57014: a database statement took too long")
        @Nullable
        String failure,

        @Schema(description = "When it began", examples = "2026-03-01T12:00:00Z")
        Instant startedAt,

        @Schema(description = "When it ended", examples = "2026-03-01T12:00:29Z") @Nullable
        Instant endedAt) {}
