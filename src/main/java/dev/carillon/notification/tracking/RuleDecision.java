package dev.carillon.notification.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule's decision about an event, when it leads to no notification or not yet.
 *
 * @param trigger        the event it answers
 * @param customerId     null when no customer was looked at
 * @param reason         null when it waits for its time
 * @param notificationId of a digest, the notification it will become
 * @param asOf           the journal position as of which recipients were read
 * @param judgedAt       journal time
 */
public record RuleDecision(
        String tenant,
        EventRef eventRef,
        String ruleId,
        String ruleVersion,
        @Nullable String customerId,
        RuleVerdict verdict,
        @Nullable Reason reason,
        String detail,
        List<Gate> gates,
        @Nullable String notificationId,
        long asOf,
        Instant judgedAt) {

    /** The same of another event that was decided about together with this one. */
    public RuleDecision of(EventRef another) {
        return new RuleDecision(
                tenant,
                another,
                ruleId,
                ruleVersion,
                customerId,
                verdict,
                reason,
                detail,
                gates,
                notificationId,
                asOf,
                judgedAt);
    }

    /** The verdict of the rule. */
    public enum RuleVerdict {
        /** No notification. */
        IGNORE,
        /** It is decided later: a delay, an absence. */
        DEFER,
        /** It is sent together with others. */
        DIGEST;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
