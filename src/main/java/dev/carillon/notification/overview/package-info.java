/** How delivery is doing for a tenant: queues, circuits, limits, rates, reasons. */
@NullMarked
package dev.carillon.notification.overview;

import org.jspecify.annotations.NullMarked;
