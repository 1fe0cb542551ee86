/** Defines channels, deliveries and the possible outcomes. It does not know why anyone is notified. */
@NullMarked
package dev.carillon.delivery;

import org.jspecify.annotations.NullMarked;
