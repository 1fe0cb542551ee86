/** Counts what became of notifications, by the hour. */
@NullMarked
package dev.carillon.notification.statistics;

import org.jspecify.annotations.NullMarked;
