/** What must be remembered between events, folded from events. */
@NullMarked
package dev.carillon.eventsourced.memory;

import org.jspecify.annotations.NullMarked;
