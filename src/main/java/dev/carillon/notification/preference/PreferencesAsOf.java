package dev.carillon.notification.preference;

import dev.carillon.platform.latest.Stamp;

/**
 * Preferences as they were at a time: the latest time wins, in whatever order they arrive.
 *
 * @param position the journal position from which they hold
 */
public record PreferencesAsOf(String tenant, String customerId, Preferences preferences, Stamp stamp, long position) {
}
