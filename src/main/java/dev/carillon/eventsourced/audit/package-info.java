/** Reads the journal back: what happened, and what it led to. */
@NullMarked
package dev.carillon.eventsourced.audit;

import org.jspecify.annotations.NullMarked;
