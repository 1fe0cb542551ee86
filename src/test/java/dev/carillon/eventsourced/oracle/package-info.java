/** An independent, naive model of every kind of rule, which says what random histories must have led to. */
@NullMarked
package dev.carillon.eventsourced.oracle;

import org.jspecify.annotations.NullMarked;
