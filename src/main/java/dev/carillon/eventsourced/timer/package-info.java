/** Timers: delays, absences, digests, timeouts of collections. They are rows, claimed by the reaction's loops. */
@NullMarked
package dev.carillon.eventsourced.timer;

import org.jspecify.annotations.NullMarked;
