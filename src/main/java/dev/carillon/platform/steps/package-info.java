/** Records the steps of a demo run, and signals when it is done. */
@NullMarked
package dev.carillon.platform.steps;

import org.jspecify.annotations.NullMarked;
