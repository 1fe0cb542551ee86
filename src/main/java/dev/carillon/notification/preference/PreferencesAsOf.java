package dev.carillon.notification.preference;

import dev.carillon.platform.lww.Stamp;

/**
 * Preferences as they were at a time. The latest time wins, whatever the order of arrival; a direct change wins over
 * everything recorded before it.
 *
 * @param direct   whether it is a direct change and not from an event
 * @param position the journal position from which they hold
 */
public record PreferencesAsOf(
        String tenant, String customerId, Preferences preferences, boolean direct, Stamp stamp, long position) {}
