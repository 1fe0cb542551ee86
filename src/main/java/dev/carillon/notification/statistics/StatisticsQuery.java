package dev.carillon.notification.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A statistics query.
 *
 * @param from from this hour on
 * @param to   up to and without this hour
 */
public record StatisticsQuery(String tenant, Instant from, Instant to, Bucket bucket, Set<Dimension> by) {

    /** The length of a time bucket. */
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

        /** The longest range that may be queried at once. */
        public Duration longest() {
            return longest;
        }
    }
}
