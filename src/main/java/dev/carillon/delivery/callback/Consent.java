package dev.carillon.delivery.callback;

import java.time.Instant;

/**
 * What somebody answered a message with: whether more may come.
 *
 * @param eventId the same whenever it is said again
 */
public record Consent(String eventId, String tenant, String channel, String address, boolean given, Instant at) {

    /** The address is personal. */
    @Override
    public String toString() {
        return "Consent[" + eventId + "]";
    }
}
