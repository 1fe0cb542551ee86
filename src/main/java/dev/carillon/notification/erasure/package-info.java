/** Forgetting a customer, wherever something is kept about them. */
@NullMarked
package dev.carillon.notification.erasure;

import org.jspecify.annotations.NullMarked;
