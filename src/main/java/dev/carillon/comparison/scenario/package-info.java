/** The stories: each says how the platform's teams tell it through either door. */
@NullMarked
package dev.carillon.comparison.scenario;

import org.jspecify.annotations.NullMarked;
