/** The same story through both doors, side by side, with its price. */
@NullMarked
package dev.carillon.comparison;

import org.jspecify.annotations.NullMarked;
