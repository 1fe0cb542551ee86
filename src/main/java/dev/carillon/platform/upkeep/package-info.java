/** What a long-lived database needs from time to time. */
@NullMarked
package dev.carillon.platform.upkeep;

import org.jspecify.annotations.NullMarked;
