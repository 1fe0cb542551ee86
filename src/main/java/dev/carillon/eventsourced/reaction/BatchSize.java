package dev.carillon.eventsourced.reaction;

/**
 * How many triggers a loop claims at once. Where each of them leads to many decisions a batch is cut off, and what was claimed beyond
 * it was read and judged for nothing: the next claim takes no more than was answered, and more again when all of it is.
 */
final class BatchSize {

    static final int MOST = 200;

    private volatile int next = MOST;

    int next() {
        return next;
    }

    /** @param claimed how many the batch had to begin with */
    void answered(int answered, int claimed) {
        if (answered < claimed) {
            next = Math.max(1, answered);
        } else if (claimed >= next) {
            next = Math.min(MOST, next + (next + 1) / 2);
        }
    }
}
