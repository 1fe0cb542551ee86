package dev.carillon.notification;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of re-evaluating a held notification.
 *
 * @param reason why nothing is sent now; null if it is
 * @param gates  the gates that were asked again, in order; the last one is the verdict
 * @param until  when it is evaluated again, if it is held again
 */
record Review(
        String notificationId,
        Verdict verdict,
        @Nullable Reason reason,
        @Nullable String detail,
        List<GateResult> gates,
        Instant judgedAt,
        @Nullable Instant until) {}
