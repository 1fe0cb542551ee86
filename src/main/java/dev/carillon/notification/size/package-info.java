/** Fits messages to the size limits of their channels: cuts or refuses them. */
@NullMarked
package dev.carillon.notification.size;

import org.jspecify.annotations.NullMarked;
