/** Takes in events from outside. */
@NullMarked
package dev.carillon.eventsourced.intake;

import org.jspecify.annotations.NullMarked;
