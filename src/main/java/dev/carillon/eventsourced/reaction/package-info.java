/** The notification verticles: they receive events, decide, and hand over to the notification pipeline. */
@NullMarked
package dev.carillon.eventsourced.reaction;

import org.jspecify.annotations.NullMarked;
