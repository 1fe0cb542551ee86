/** The clock, as a bean. */
@NullMarked
package dev.carillon.platform.time;

import org.jspecify.annotations.NullMarked;
