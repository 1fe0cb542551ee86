/**
 * Runs other rules over a part of the recorded past and shows what would have been different. {@code Backtests} starts a
 * {@code Backtest} on a worker thread. It reads the journal chunk by chunk; the {@code BacktestReaction} gives each to the
 * live reaction, with the rules under test, sets and timers in memory, and a simulated pipeline; the {@code Difference}
 * compares what it decides with what was decided. It writes nothing.
 */
@NullMarked
package dev.carillon.eventsourced.backtest;

import org.jspecify.annotations.NullMarked;
