/** What customers find in the app: read, marked, removed, and told live. */
@NullMarked
package dev.carillon.notification.inbox;

import org.jspecify.annotations.NullMarked;
