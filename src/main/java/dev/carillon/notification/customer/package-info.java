/** The API of customers: their contact details, their preferences, their erasure. */
@NullMarked
package dev.carillon.notification.customer;

import org.jspecify.annotations.NullMarked;
