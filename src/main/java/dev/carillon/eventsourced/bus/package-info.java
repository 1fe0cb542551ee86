/**
 * The event bus: addresses, codec and publisher. It takes events from the domain teams to the journal and rings the
 * bell.
 */
@NullMarked
package dev.carillon.eventsourced.bus;

import org.jspecify.annotations.NullMarked;
