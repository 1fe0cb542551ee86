/** One click in a mail, and messages of its category do not come any more. */
@NullMarked
package dev.carillon.notification.unsubscribe;

import org.jspecify.annotations.NullMarked;
