/** Checks on characters that hold for every text. */
@NullMarked
package dev.carillon.platform.text;

import org.jspecify.annotations.NullMarked;
