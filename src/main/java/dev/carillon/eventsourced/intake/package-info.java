/** Events from outside. */
@NullMarked
package dev.carillon.eventsourced.intake;

import org.jspecify.annotations.NullMarked;
