/** The facts domain teams publish: all that they and the notification service share. */
@NullMarked
package dev.carillon.eventsourced.event;

import org.jspecify.annotations.NullMarked;
