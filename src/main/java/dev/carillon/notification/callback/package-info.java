/** What providers say afterwards of what they took, and what follows from it. */
@NullMarked
package dev.carillon.notification.callback;

import org.jspecify.annotations.NullMarked;
