package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.BacktestReceipt.Words;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision that was made, or that a backtest would have made.
 *
 * @param trigger    the event it answers
 * @param customerId null when no customer was looked at
 * @param told       whether a notification is sent
 * @param reason     why not; null if it is sent or waits
 * @param judgedAt   journal time
 * @param until      the time of sending, if it is held until then
 * @param words      channel → text; empty if nothing is sent
 */
public record ReactionDecision(
        EventRef eventRef,
        String ruleId,
        @Nullable String customerId,
        boolean told,
        @Nullable Reason reason,
        Instant judgedAt,
        @Nullable Instant until,
        Map<String, Words> words) {

    /** The same, without what is said. */
    public ReactionDecision withoutWords() {
        return new ReactionDecision(eventRef, ruleId, customerId, told, reason, judgedAt, until, Map.of());
    }

    /** When it is sent, or would be. */
    public Instant comesAt() {
        return until == null ? judgedAt : until;
    }
}
