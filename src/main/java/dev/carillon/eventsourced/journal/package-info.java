/**
 * The durable event log. {@code EventJournal} appends events and folds them by every {@code Projection} in the same
 * transaction, hands pending ones to the reaction, and reads the past. {@code PgEventJournal} has the SQL.
 */
@NullMarked
package dev.carillon.eventsourced.journal;

import org.jspecify.annotations.NullMarked;
