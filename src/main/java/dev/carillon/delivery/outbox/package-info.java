/** The durable queue of what is still to be sent, and the record of every attempt. */
@NullMarked
package dev.carillon.delivery.outbox;

import org.jspecify.annotations.NullMarked;
