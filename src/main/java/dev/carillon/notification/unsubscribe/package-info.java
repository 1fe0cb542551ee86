/** Unsubscribe links: one click in a mail, and messages of its category stop. */
@NullMarked
package dev.carillon.notification.unsubscribe;

import org.jspecify.annotations.NullMarked;
