/** The events that domain teams publish: everything they and the notification service share. */
@NullMarked
package dev.carillon.eventsourced.event;

import org.jspecify.annotations.NullMarked;
