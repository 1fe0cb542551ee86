/**
 * Delays, absences, timeouts and digests. A decision that has to wait arms a {@code Timer}; the loop of its address claims
 * it when it is due. A {@code Digest} is a timer that takes items while it is open; {@code DigestBatch} says which item
 * joins, closes or opens one.
 */
@NullMarked
package dev.carillon.eventsourced.timer;

import org.jspecify.annotations.NullMarked;
