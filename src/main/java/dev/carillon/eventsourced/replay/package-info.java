/** Replays: rebuilds memory from the journal beside the live one, compares the two, and swaps them. */
@NullMarked
package dev.carillon.eventsourced.replay;

import org.jspecify.annotations.NullMarked;
