/** The domain teams of door 1: they change their state and publish events. They know nothing of notifications. */
@NullMarked
package dev.carillon.eventsourced.producer;

import org.jspecify.annotations.NullMarked;
