package dev.carillon.delivery.report;

import dev.carillon.delivery.Block;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider's report on what became of a delivery.
 *
 * @param eventId    the same whenever it is said again
 * @param deliveryId ours, which the provider was given; null when it names none
 * @param block      why nothing more should go to the address; null when it may
 * @param lifts      whether they have taken back that they wanted no more
 * @param code       what the provider calls it: never a sentence, which could quote the recipient
 * @param at         by the provider's clock
 */
public record DeliveryReport(
        String eventId,
        @Nullable String deliveryId,
        ReportedStatus status,
        @Nullable Block block,
        boolean lifts,
        @Nullable String code,
        Instant at) {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_CODE = 64;

    /** Limits the length of others' texts, whatever the table would take. */
    public DeliveryReport {
        eventId = plain(eventId, LONGEST_ID);
        code = code == null ? null : plain(code, LONGEST_CODE);
    }

    /** A report that lifts no suppression. */
    public DeliveryReport(
            String eventId,
            @Nullable String deliveryId,
            ReportedStatus status,
            @Nullable Block block,
            @Nullable String code,
            Instant at) {
        this(eventId, deliveryId, status, block, false, code, at);
    }

    private static String plain(String said, int longest) {
        return said.codePoints()
                .limit(longest)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * The reported statuses, from weak to strong. A weaker one never replaces a stronger one, whatever the order of
     * arrival.
     */
    public enum ReportedStatus {
        DELIVERED,
        BOUNCED,
        COMPLAINED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
