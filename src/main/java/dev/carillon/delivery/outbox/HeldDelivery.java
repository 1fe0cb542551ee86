package dev.carillon.delivery.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A held delivery that is due for re-evaluation, locked until the transaction ends.
 *
 * @param notBefore  when it may go at the earliest, whatever the re-evaluation says: it was scheduled, or its provider has asked to wait; null for at once
 * @param holdReason the code of the reason why it was held; null when it only had to wait
 */
public record HeldDelivery(
        String id,
        String tenant,
        String notificationId,
        String customerId,
        String channel,
        String recipient,
        @Nullable Instant expiresAt,
        @Nullable Instant notBefore,
        @Nullable String holdReason) {

    /** Whether it has to wait, whatever the re-evaluation says. */
    public boolean isEarly(Instant now) {
        return notBefore != null && notBefore.isAfter(now);
    }
}
