package dev.carillon.eventsourced.reaction;

/** The journal position that is the present of an trigger: the end of the journal, or in a backtest what was its end then. */
interface CurrentPosition {

    long of(Trigger trigger);
}
