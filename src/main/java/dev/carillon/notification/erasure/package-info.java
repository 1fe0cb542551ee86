/** Erases a customer in every place that stores something about them. */
@NullMarked
package dev.carillon.notification.erasure;

import org.jspecify.annotations.NullMarked;
