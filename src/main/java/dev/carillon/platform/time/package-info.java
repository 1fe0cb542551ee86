/** The clock, as a bean, and times and durations as people send them. */
@NullMarked
package dev.carillon.platform.time;

import org.jspecify.annotations.NullMarked;
