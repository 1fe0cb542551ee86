package dev.carillon.platform.versions;

import io.smallrye.mutiny.Uni;

/** Keeps in memory what any replica may change in the database. The {@link ChangeFeed} tells it when. */
public interface ChangeListener {

    /** What it keeps, as in table {@code change_feed}; a name of its own if changes of this are not counted. */
    String topic();

    /**
     * Called with every poll, and not again before it has ended. If this is another number than the last one it has dealt with, what it
     * keeps may be old. A failure is logged, and the next poll tries again.
     *
     * @param changes rises with each change of the topic; 0 if they are not counted
     */
    Uni<Void> heard(long changes);
}
