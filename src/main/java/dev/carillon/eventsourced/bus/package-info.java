/** Addresses, codec, publisher: how a fact gets from a domain team into the journal and rings. */
@NullMarked
package dev.carillon.eventsourced.bus;

import org.jspecify.annotations.NullMarked;
