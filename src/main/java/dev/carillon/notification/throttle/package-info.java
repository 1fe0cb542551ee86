/** Throttles: limits how often a recipient gets the same kind of notification in a time window. */
@NullMarked
package dev.carillon.notification.throttle;

import org.jspecify.annotations.NullMarked;
