/** The customers API: contact details, preferences, erasure. */
@NullMarked
package dev.carillon.notification.customer;

import org.jspecify.annotations.NullMarked;
