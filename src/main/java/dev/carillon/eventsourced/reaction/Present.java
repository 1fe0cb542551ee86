package dev.carillon.eventsourced.reaction;

/** The journal position that is the present of an occasion: the end of the journal, or in a backtest what was its end then. */
interface Present {

    long of(Occasion occasion);
}
