package dev.carillon.eventsourced.reaction;

/** A backtest was stopped before its end, on request. */
public final class BacktestStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BacktestStoppedException() {
        super("the backtest was stopped", null, false, false);
    }
}
