/** Preferences: may we notify this customer, and on which channel. */
@NullMarked
package dev.carillon.notification.preference;

import org.jspecify.annotations.NullMarked;
