/** Suppressed addresses: they bounced, complained, or asked us to stop. */
@NullMarked
package dev.carillon.notification.suppression;

import org.jspecify.annotations.NullMarked;
