/**
 * Events from outside. {@code EventResource} takes requests and {@code EventReader} reads one event of any form: {@code
 * PlainEvents} or {@code CloudEvents}. {@code EventIntake} appends many of them in one transaction, and rings the bells.
 */
@NullMarked
package dev.carillon.eventsourced.intake;

import org.jspecify.annotations.NullMarked;
