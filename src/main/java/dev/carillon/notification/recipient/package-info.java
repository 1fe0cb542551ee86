/** Recipients: who they are, and where they can be reached. */
@NullMarked
package dev.carillon.notification.recipient;

import org.jspecify.annotations.NullMarked;
