package dev.carillon.notification.recipient;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/** Contact details as they were at a time: the latest time wins, in whatever order they arrive. */
public record Contact(String tenant, String customerId, @Nullable String name, @Nullable String email, @Nullable String phone,
                      @Nullable String segment, Map<String, Object> attributes, Instant asOf) {
}
