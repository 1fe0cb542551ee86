/** Delivery to the customer's own endpoint. */
@NullMarked
package dev.carillon.delivery.webhook;

import org.jspecify.annotations.NullMarked;
