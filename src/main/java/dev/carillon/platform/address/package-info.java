/** Addresses as people write them, and the one form in which they are kept, compared and used. */
@NullMarked
package dev.carillon.platform.address;

import org.jspecify.annotations.NullMarked;
