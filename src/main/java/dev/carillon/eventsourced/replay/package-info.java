/**
 * Rebuilds memory from the journal. {@code Replays} starts one {@code ReplayRun} in the cluster; {@code MemoryRebuild} folds
 * the journal chunk by chunk into side tables, compares them with the live ones and swaps both. It sends nothing.
 */
@NullMarked
package dev.carillon.eventsourced.replay;

import org.jspecify.annotations.NullMarked;
