package dev.carillon.eventsourced.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A backtest's progress and result. */
@RegisterForReflection
@Schema(name = "Backtest", description = "The progress of a backtest, and what it found.")
record RunView(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(
                description =
                        "running, done, cancelled, failed, or out-of-time: stopped at its deadline, the report holds the result so far",
                examples = "done",
                enumeration = {"running", "done", "cancelled", "failed", "out-of-time"})
        String state,

        @Schema(description = "The first journal position that counts", examples = "1")
        long from,

        @Schema(description = "The last journal position that counts", examples = "1200")
        long to,

        @Schema(description = "Events processed so far, including those before `from`", examples = "1200")
        long events,

        @Schema(examples = "9000") long eventsPerSecond,

        @Schema(description = "From 0 to 1", examples = "1.0")
        double progress,

        @Schema(description = "UTC") Instant startedAt,

        @Schema(description = "UTC; null while it runs") @Nullable
        Instant endedAt,

        @Schema(
                description = "The kind of failure it ended with, and what it means; left out otherwise",
                examples = "PgException 57014: a database statement took too long")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String failure,

        @Schema(
                description = "What of the stretch the report leaves out; left out when it leaves out nothing",
                examples = "only the latest 2000 events count")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String cut,

        @Schema(description = "The differences to what was sent; null while it runs, and when it failed") @Nullable
        BacktestReport report) {}
