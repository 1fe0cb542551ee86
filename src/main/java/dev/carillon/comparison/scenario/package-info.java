/** The scenarios: each says what the platform's teams do in it, through either door. */
@NullMarked
package dev.carillon.comparison.scenario;

import org.jspecify.annotations.NullMarked;
