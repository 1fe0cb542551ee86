/** Health checks, metrics and traces. */
@NullMarked
package dev.carillon.platform.telemetry;

import org.jspecify.annotations.NullMarked;
