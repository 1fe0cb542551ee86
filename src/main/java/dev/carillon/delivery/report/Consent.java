package dev.carillon.delivery.report;

import java.time.Instant;

/**
 * A person's reply to a message: whether they want more of them.
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
