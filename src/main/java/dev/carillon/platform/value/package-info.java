/** Kinds of values: defines days, amounts, currencies and ids once, for every door. */
@NullMarked
package dev.carillon.platform.value;

import org.jspecify.annotations.NullMarked;
