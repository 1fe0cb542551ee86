package dev.carillon.notification.statistics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The fields that a count is kept by.
 *
 * @param hour     in which it came to pass; UTC
 * @param channel  empty for what concerns a whole notification
 * @param provider empty where none was asked
 * @param reason   empty where there is none
 */
public record Tally(
        String tenant, Instant hour, String type, String channel, String provider, String status, String reason) {

    public Tally {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }
}
