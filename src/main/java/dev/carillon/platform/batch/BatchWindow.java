package dev.carillon.platform.batch;

/**
 * When the next run may start. A statement costs nearly the same for one row as for twenty, so under load a run waits for more items, but
 * not for ever, and not when nobody comes any more: callers who wait for an answer before they send the next item must not be kept.
 *
 * <p>So a run starts when no item has come for {@code quiet}, at the latest {@code longest} after the start of the run before, and at once
 * when that was longer ago. Times are those of {@link System#nanoTime()}.
 */
final class BatchWindow {

    private final long longest;
    private final long quiet;
    private long startedAt;
    private long askedAt;

    /** @param quiet as long as {@code longest}: runs start at this distance, whoever comes */
    BatchWindow(long longest, long quiet, long now) {
        this.longest = longest;
        this.quiet = quiet;
        this.startedAt = now - longest;
        this.askedAt = now;
    }

    void asked(long now) {
        askedAt = now;
    }

    void started(long now) {
        startedAt = now;
    }

    /** How long to pause from now on, in nanoseconds; 0 or less: start. An item that comes meanwhile makes it longer. */
    long pauseAt(long now) {
        return Math.min(startedAt + longest - now, askedAt + quiet - now);
    }
}
