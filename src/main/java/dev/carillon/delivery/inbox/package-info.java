/** The inbox in the app as a channel: sending means writing a row. */
@NullMarked
package dev.carillon.delivery.inbox;

import org.jspecify.annotations.NullMarked;
