/** Reads back what became of a notification: its status, its attempts, and the reason for every "no". */
@NullMarked
package dev.carillon.notification.tracking;

import org.jspecify.annotations.NullMarked;
