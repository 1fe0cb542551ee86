package dev.carillon.eventsourced.reaction;

/** A rehearsal ended before it had heard everything, as it was told to. */
public final class BacktestStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BacktestStoppedException() {
        super("the backtest was stopped", null, false, false);
    }
}
