/** Candidate rules over a stretch of the recorded past: what would have been different. */
@NullMarked
package dev.carillon.eventsourced.backtest;

import org.jspecify.annotations.NullMarked;
