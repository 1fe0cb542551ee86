/** Parses addresses as people write them, into the one form that is stored, compared and used. */
@NullMarked
package dev.carillon.platform.address;

import org.jspecify.annotations.NullMarked;
