/**
 * Reads the journal back. {@code EventAudit} finds events, what they led to, and all about one customer; {@code
 * Explanations} asks the rules again, as of an event, why a customer was or was not notified; {@code WaitingResource} lists
 * timers that have not fired yet.
 */
@NullMarked
package dev.carillon.eventsourced.audit;

import org.jspecify.annotations.NullMarked;
