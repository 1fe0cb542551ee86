/** What a decision on a notification is: the gates it passed, the reason for a "no", and where it came from. */
@NullMarked
package dev.carillon.notification.decision;

import org.jspecify.annotations.NullMarked;
