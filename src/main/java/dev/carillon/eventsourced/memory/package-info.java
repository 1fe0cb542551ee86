/**
 * What must be remembered between events. {@code MemoryProjection} says which event changes what, {@code MemoryWriter}
 * writes a version for what is new, and {@code Memory} answers as of any journal position. {@code RecipientProjection}
 * passes contact details and preferences on to the recipients.
 */
@NullMarked
package dev.carillon.eventsourced.memory;

import org.jspecify.annotations.NullMarked;
