/** Backtests: runs other rules over a part of the recorded past and shows what would have been different. */
@NullMarked
package dev.carillon.eventsourced.backtest;

import org.jspecify.annotations.NullMarked;
