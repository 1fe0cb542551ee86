package dev.carillon.apidriven.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a submission: committed when it is sent.
 *
 * @param status      accepted, or suppressed with its reason
 * @param duplicateOf the notification that was sent for this fact already
 * @param notBefore   when it goes at the earliest, where it is held until then
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The answer to a submission. It is committed.")
public record Accepted(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(
                description = "accepted, or suppressed",
                examples = "accepted",
                enumeration = {"accepted", "suppressed"})
        String status,

        @Schema(
                description = "Why nobody is notified; only with suppressed",
                examples = "DUPLICATE_BUSINESS_KEY",
                ref = "Reason")
        @Nullable
        String reason,

        @Schema(
                description = "The earlier notification with the same business key",
                examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String duplicateOf,

        @Schema(description = "The earliest time it is sent, where it is held until then; UTC") @Nullable
        Instant notBefore) {

    /** The answer for a notification that was submitted before. */
    static Accepted of(NotificationView before) {
        var suppressed = before.status() == Status.SUPPRESSED && before.reason() != null;
        var notBefore = before.deliveries().stream()
                .map(NotificationView.DeliveryView::notBefore)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return suppressed
                ? new Accepted(
                        before.trackingId(), "suppressed", before.reason().name(), before.duplicateOf(), null)
                : new Accepted(before.trackingId(), "accepted", null, null, notBefore);
    }

    static Accepted of(Receipt receipt) {
        var trackingId = receipt.command().trackingId();
        if (receipt instanceof Receipt.Suppressed suppressed) {
            return new Accepted(trackingId, "suppressed", suppressed.reason().name(), suppressed.duplicateOf(), null);
        }
        return new Accepted(
                trackingId,
                "accepted",
                null,
                null,
                receipt instanceof Receipt.Deferred deferred ? deferred.until() : null);
    }
}
