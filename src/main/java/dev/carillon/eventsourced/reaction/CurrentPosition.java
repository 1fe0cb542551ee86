package dev.carillon.eventsourced.reaction;

/**
 * The journal position that counts as now for a trigger: the end of the journal, or in a backtest its end at that time.
 */
interface CurrentPosition {

    long of(Trigger trigger);
}
