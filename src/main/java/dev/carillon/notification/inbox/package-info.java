/** Customers' inboxes in the app: read, mark, remove, and stream live. */
@NullMarked
package dev.carillon.notification.inbox;

import org.jspecify.annotations.NullMarked;
