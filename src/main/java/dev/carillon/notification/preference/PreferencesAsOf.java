package dev.carillon.notification.preference;

import java.time.Instant;

/** Preferences as they were at a time: the latest time wins, in whatever order they arrive. */
public record PreferencesAsOf(String tenant, String customerId, Preferences preferences, Instant asOf) {
}
