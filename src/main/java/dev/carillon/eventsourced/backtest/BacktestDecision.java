package dev.carillon.eventsourced.backtest;

import dev.carillon.notification.BacktestReceipt.Words;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision that was made, or that the rules under test would have made.
 *
 * @param event      the event it answers
 * @param customerId null when no customer was looked at
 * @param sent       whether a notification is sent
 * @param reason     why not; null if it is sent or waits
 * @param judgedAt   journal time
 * @param until      the time of sending, if it is held until then
 * @param texts      channel → text; empty if nothing is sent
 */
record BacktestDecision(
        EventRef event,
        String ruleId,
        @Nullable String customerId,
        boolean sent,
        @Nullable Reason reason,
        Instant judgedAt,
        @Nullable Instant until,
        Map<String, Words> texts) {

    BacktestDecision withoutTexts() {
        return new BacktestDecision(event, ruleId, customerId, sent, reason, judgedAt, until, Map.of());
    }

    /** When it is sent, or would be. */
    Instant sentAt() {
        return until == null ? judgedAt : until;
    }
}
