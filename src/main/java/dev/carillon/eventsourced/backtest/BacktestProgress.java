package dev.carillon.eventsourced.backtest;

/** A backtest's progress, and whether it is to stop. Besides the report, nothing else is kept. */
final class BacktestProgress {

    private volatile long heard;
    private volatile double progress;
    private volatile boolean cancelled;
    private volatile boolean outOfTime;

    /** How many events have been processed so far. */
    long heard() {
        return heard;
    }

    /** From 0 to 1. */
    double progress() {
        return progress;
    }

    /** Whether it is to stop, for whatever reason. */
    boolean isCancelled() {
        return cancelled || outOfTime;
    }

    boolean isOutOfTime() {
        return outOfTime;
    }

    void outOfTime() {
        outOfTime = true;
    }

    void cancel() {
        cancelled = true;
    }

    /**
     * Everything has been processed, unless it was stopped before: positions behind the last event are empty, or
     * another tenant's.
     */
    void ended() {
        if (!isCancelled()) {
            progress = 1;
        }
    }

    /** Only the run calls this, one chunk after the other. */
    void reached(int events, double share) {
        heard += events;
        progress = share;
    }
}
