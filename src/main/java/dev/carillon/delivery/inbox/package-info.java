/** The inbox in the app, as a channel: to send is to write a row. */
@NullMarked
package dev.carillon.delivery.inbox;

import org.jspecify.annotations.NullMarked;
