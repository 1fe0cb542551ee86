package dev.carillon.eventsourced.backtest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The requested range of the journal.
 *
 * @param warmUp how long before {@code from} the rules begin to hear; null for everything there is
 */
record BacktestRange(
        String tenant,
        RangePoint from,
        RangePoint to,
        @Nullable Duration warmUp) {

    /** A point in the journal, by position or by time; with neither, the start or end of the range. */
    record RangePoint(@Nullable Long position, @Nullable Instant time) {

        static final RangePoint NONE = new RangePoint(null, null);
    }
}
