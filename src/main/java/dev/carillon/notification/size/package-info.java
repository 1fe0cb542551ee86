/** What of a message a channel can carry: shortened, or refused. */
@NullMarked
package dev.carillon.notification.size;

import org.jspecify.annotations.NullMarked;
