package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters; a null field matches any.
 *
 * @param from failed permanently at this time or later
 * @param to   failed permanently before this time
 */
public record DeadLetterFilter(
        @Nullable String channel,
        @Nullable FailureKind failure,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to) {}
