/** Handles what providers report after sending, and its consequences. */
@NullMarked
package dev.carillon.notification.callback;

import org.jspecify.annotations.NullMarked;
