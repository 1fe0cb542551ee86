/** What waits for its time: delays, absences, digests, the patience with a collection. Rows, claimed by the loops of the reaction. */
@NullMarked
package dev.carillon.eventsourced.timer;

import org.jspecify.annotations.NullMarked;
