/** Delivery to the customer's own endpoint. */
@NullMarked
package dev.carillon.delivery.endpoint;

import org.jspecify.annotations.NullMarked;
