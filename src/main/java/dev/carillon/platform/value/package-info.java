/** Kinds of values: what a day, an amount, a currency or an id is, defined once for every door it may come through. */
@NullMarked
package dev.carillon.platform.value;

import org.jspecify.annotations.NullMarked;
