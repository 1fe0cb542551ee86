package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.EventPlace;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A backtest that is running or done. What its rules remembered is dropped at the end. */
final class BacktestRun {

    private final String id;
    private final BacktestStretch stretch;
    private final Instant startedAt;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile long heard;
    private volatile double progress;
    private volatile boolean cancelled;
    private volatile boolean outOfTime;
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable BacktestReport report;
    private volatile @Nullable String failure;

    /**
     * The part of a tenant's journal that it reads.
     *
     * @param start where the rules begin to hear: what is decided before {@code from} only fills what they remember
     * @param from  the first position that counts
     * @param to    the last position that counts
     * @param until time passes until then after the last event
     * @param latest of more events only so many count, the last ones; null when all do
     * @param within when it stops; null for one that may go on until the deadline of all
     */
    record BacktestStretch(
            String tenant,
            EventPlace start,
            long from,
            long to,
            Instant until,
            @Nullable Integer latest,
            @Nullable Duration within) {}

    BacktestRun(String id, BacktestStretch stretch, Instant startedAt) {
        this.id = id;
        this.stretch = stretch;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    BacktestStretch stretch() {
        return stretch;
    }

    /** Only the backtest itself calls this, one chunk after the other. */
    void reached(int events, double share) {
        heard += events;
        progress = share;
    }

    /** Whether it is to stop, for whatever reason. */
    boolean isStopped() {
        return cancelled || outOfTime;
    }

    void outOfTime() {
        outOfTime = true;
    }

    boolean isRunning() {
        return endedAt == null;
    }

    /** Unless it was stopped, all is done: positions behind the last event are empty, or another tenant's. */
    void end(BacktestReport result, Instant at) {
        if (!isStopped()) {
            progress = 1;
        }
        report = result;
        endedAt = at;
        over.complete(null);
    }

    /** @param why as the caller may read it */
    void fail(String why, Instant at) {
        failure = why;
        endedAt = at;
        over.complete(null);
    }

    /** It stops at the end of the chunk it is at; completes when it has. */
    Uni<Void> cancel() {
        if (isRunning()) {
            cancelled = true;
        }
        return ended();
    }

    /** Completes when it is over. */
    Uni<Void> ended() {
        return Uni.createFrom().completionStage(() -> over.copy());
    }

    RunView view(Instant now) {
        var end = endedAt == null ? now : endedAt;
        var seconds = Math.max(0.001, Duration.between(startedAt, end).toNanos() / 1e9);
        var state = endedAt == null
                ? "running"
                : report == null ? "failed" : outOfTime ? "out-of-time" : cancelled ? "cancelled" : "done";
        return new RunView(
                id,
                state,
                stretch.from(),
                stretch.to(),
                heard,
                Math.round(heard / seconds),
                progress,
                startedAt,
                endedAt,
                failure,
                cut(),
                report);
    }

    private @Nullable String cut() {
        var older = stretch.latest() == null ? "" : "only the latest " + stretch.latest() + " events count";
        var late = outOfTime ? "time ran out after " + heard + " events" : "";
        return older.isEmpty() && late.isEmpty()
                ? null
                : older.isEmpty() || late.isEmpty() ? older + late : older + "; " + late;
    }
}
