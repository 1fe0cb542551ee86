package dev.carillon.platform.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that may be used.
 *
 * @param lastUsedAt on this replica exactly, on others to the minute; null when it never was
 */
public record KeyInForce(
        ApiKey key, Instant createdAt, @Nullable Instant lastUsedAt) {}
