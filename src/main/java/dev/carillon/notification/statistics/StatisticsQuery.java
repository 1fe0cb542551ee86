package dev.carillon.notification.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What is asked of the counts.
 *
 * @param from from this hour on
 * @param to   up to and without this hour
 */
public record StatisticsQuery(String tenant, Instant from, Instant to, Bucket bucket, Set<Dimension> by) {

    /** How counts are gathered over time. */
    public enum Bucket {
        HOUR("hour", Duration.ofDays(31)),
        DAY("day", Duration.ofDays(366));

        private final String wire;
        private final Duration longest;

        Bucket(String wire, Duration longest) {
            this.wire = wire;
            this.longest = longest;
        }

        public String wire() {
            return wire;
        }

        /** What may be asked for at once. */
        public Duration longest() {
            return longest;
        }
    }
}
