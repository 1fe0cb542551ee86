/** The domain teams, event-sourced: they change their state and say so. No notification is known here. */
@NullMarked
package dev.carillon.eventsourced.producer;

import org.jspecify.annotations.NullMarked;
