package dev.carillon.eventsourced.timer;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.notification.decision.RuleRef;
import java.time.Instant;
import java.util.Locale;

/**
 * Something to be evaluated at a set time.
 *
 * @param id          a ULID; a digest's is the tracking id of the notification it becomes
 * @param address     whose loop answers it
 * @param rule        the rule that evaluates it
 * @param customerId  the customer it concerns
 * @param key         of the digest or of the collected set; else empty
 * @param armedBy     the event that armed it; a digest's last one
 * @param armedAt     journal time
 * @param attempts    how often it broke its reaction
 */
public record Timer(
        String id,
        String tenant,
        String address,
        TimerKind kind,
        RuleRef rule,
        String customerId,
        String key,
        EventPlace armedBy,
        Instant armedAt,
        Instant dueAt,
        int attempts) {

    /** What happens when the timer fires. */
    public enum TimerKind {
        /** A decision made before is released. */
        DELAY,
        /** No event has ended the absence. */
        ABSENCE,
        /** The absorbed items are sent together. */
        DIGEST,
        /** A collection is not waited for any longer. */
        TIMEOUT;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
