package dev.carillon.delivery.circuit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit that is not closed.
 *
 * @param destination within the tenant; null for the provider itself
 * @param open        else it is half-open: one delivery finds out
 * @param trips       how often in a row it has opened
 * @param routes      how many providers the channel has
 */
public record CircuitStatus(
        String channel,
        String provider,
        @Nullable String destination,
        boolean open,
        Instant since,
        Instant nextTryAt,
        int trips,
        int routes) {}
