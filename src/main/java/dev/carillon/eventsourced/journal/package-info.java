/** The durable event log: append, claim, park. The row is the event; the bus only rings the bell. */
@NullMarked
package dev.carillon.eventsourced.journal;

import org.jspecify.annotations.NullMarked;
