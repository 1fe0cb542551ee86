package dev.carillon.eventsourced.backtest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What part of the past is asked for.
 *
 * @param warmUp how long before {@code from} the rules begin to hear; null for everything there is
 */
record BacktestRange(
        String tenant,
        RangePoint from,
        RangePoint to,
        @Nullable Duration warmUp) {

    /** A place in the journal, by position or by time; neither for the end it stands for. */
    record RangePoint(@Nullable Long position, @Nullable Instant time) {

        static final RangePoint NONE = new RangePoint(null, null);
    }
}
