/** The email channel and its providers. */
@NullMarked
package dev.carillon.delivery.email;

import org.jspecify.annotations.NullMarked;
