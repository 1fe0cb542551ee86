/** Time-ordered identifiers. */
@NullMarked
package dev.carillon.platform.id;

import org.jspecify.annotations.NullMarked;
