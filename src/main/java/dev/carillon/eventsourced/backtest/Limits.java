package dev.carillon.eventsourced.backtest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * What part of the past is asked for.
 *
 * @param warmUp how long before {@code from} the rules begin to hear; null for everything there is
 */
record Limits(String tenant, Point from, Point to, @Nullable Duration warmUp) {

    /** A place in the journal, by position or by time; neither for the end it stands for. */
    record Point(@Nullable Long position, @Nullable Instant time) {

        static final Point NONE = new Point(null, null);
    }
}
