package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Origin;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.Edition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as it is recorded, once and for good.
 *
 * @param edition the version of its text; null if nothing is sent
 */
public record NotificationRecord(
        String tenant,
        String id,
        String type,
        String category,
        String customerId,
        Map<String, Object> context,
        @Nullable String businessKey,
        @Nullable String correlationId,
        Origin origin,
        Instant judgedAt,
        RecordedDecision verdict,
        @Nullable Edition edition) {

    /** A record of a notification that is not sent. */
    public NotificationRecord(
            String tenant,
            String id,
            String type,
            String category,
            String customerId,
            Map<String, Object> context,
            @Nullable String businessKey,
            @Nullable String correlationId,
            Origin origin,
            Instant judgedAt,
            RecordedDecision verdict) {
        this(
                tenant,
                id,
                type,
                category,
                customerId,
                context,
                businessKey,
                correlationId,
                origin,
                judgedAt,
                verdict,
                null);
    }

    /**
     * How the notification was decided.
     *
     * @param reason      why nothing is sent; null if it is
     * @param duplicateOf the notification that was sent for this fact already
     * @param gates       every gate in order; the last one is the verdict
     * @param held        until when it is held, where it is
     */
    public record RecordedDecision(
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String duplicateOf,
            List<GateResult> gates,
            @Nullable HeldUntil held) {

        /** Until when it is held, and the reason code; null where it was only scheduled for later. */
        public record HeldUntil(Instant until, @Nullable String reason) {}

        @Nullable
        Instant until() {
            return held == null ? null : held.until();
        }

        @Nullable
        String code() {
            return reason == null ? null : reason.name();
        }
    }
}
