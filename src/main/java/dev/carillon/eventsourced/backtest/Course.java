package dev.carillon.eventsourced.backtest;

/** How far a backtest is, and whether it is to stop: all that is kept of it besides its report. */
final class Course {

    private volatile long heard;
    private volatile double progress;
    private volatile boolean cancelled;
    private volatile boolean outOfTime;

    /** How many events have been heard so far. */
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

    /** All there was has been heard, unless it was stopped before: what is behind the last event is nobody's, or another tenant's. */
    void ended() {
        if (!isCancelled()) {
            progress = 1;
        }
    }

    /** To be called by the run alone, one chunk after the other. */
    void reached(int events, double share) {
        heard += events;
        progress = share;
    }
}
