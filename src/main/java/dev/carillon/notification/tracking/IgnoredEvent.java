package dev.carillon.notification.tracking;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A rule's "no" to an event, before anything became a notification; {@code customerId} is null when no customer was looked at. */
public record IgnoredEvent(String tenant, String eventId, String ruleId, String ruleVersion, @Nullable String customerId,
                           Reason reason, String detail, List<Gate> gates) {
}
