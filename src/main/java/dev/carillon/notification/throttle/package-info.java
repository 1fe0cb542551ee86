/** How often a recipient is told the same kind of thing: at most so many in a window of time. */
@NullMarked
package dev.carillon.notification.throttle;

import org.jspecify.annotations.NullMarked;
