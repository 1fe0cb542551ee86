/** Errors as RFC 9457 problem details. */
@NullMarked
package dev.carillon.platform.problem;

import org.jspecify.annotations.NullMarked;
