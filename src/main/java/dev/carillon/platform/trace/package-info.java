/** Traces that survive a queue: the context travels in the row. */
@NullMarked
package dev.carillon.platform.trace;

import org.jspecify.annotations.NullMarked;
