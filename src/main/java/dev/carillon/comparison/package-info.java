/** Runs the same scenario through both doors and compares results and costs. */
@NullMarked
package dev.carillon.comparison;

import org.jspecify.annotations.NullMarked;
