package dev.carillon.eventsourced.backtest;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A backtest that is running or done. What its rules remembered is dropped at the end. */
final class Run {

    private final String id;
    private final BacktestStretch stretch;
    private final Instant startedAt;
    private final BacktestProgress course = new BacktestProgress();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable Report report;
    private volatile @Nullable String failure;

    Run(String id, BacktestStretch stretch, Instant startedAt) {
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

    BacktestProgress course() {
        return course;
    }

    boolean isRunning() {
        return endedAt == null;
    }

    void end(Report result, Instant at) {
        course.ended();
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

    /** It stops at the end of the chunk it is at. */
    Uni<Void> cancel() {
        if (isRunning()) {
            course.cancel();
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
                : report == null
                        ? "failed"
                        : course.isOutOfTime() ? "out-of-time" : course.isCancelled() ? "cancelled" : "done";
        return new RunView(
                id,
                state,
                stretch.from(),
                stretch.to(),
                course.heard(),
                Math.round(course.heard() / seconds),
                course.progress(),
                startedAt,
                endedAt,
                failure,
                report);
    }
}
