package dev.carillon.notification.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule's decision about an event, when it leads to no notification or not yet.
 *
 * @param event          the event it answers
 * @param customerId     null when no customer was looked at
 * @param reason         null when it waits for its time
 * @param notificationId of a digest, the notification it will become
 * @param asOf           the journal position as of which recipients were read
 * @param judgedAt       journal time
 */
public record RuleDecision(
        String tenant,
        EventRef event,
        RuleRef rule,
        @Nullable String customerId,
        Verdict verdict,
        @Nullable Reason reason,
        String detail,
        List<GateResult> gates,
        @Nullable String notificationId,
        long asOf,
        Instant judgedAt) {

    /** The same of another event that was decided about together with this one. */
    public RuleDecision of(EventRef another) {
        return new RuleDecision(
                tenant, another, rule, customerId, verdict, reason, detail, gates, notificationId, asOf, judgedAt);
    }
}
