/** The provider that sends nothing. */
@NullMarked
package dev.carillon.delivery.mock;

import org.jspecify.annotations.NullMarked;
