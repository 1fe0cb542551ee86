/** The notification verticles: hear, decide, hand over. */
@NullMarked
package dev.carillon.eventsourced.reaction;

import org.jspecify.annotations.NullMarked;
