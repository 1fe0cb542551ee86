package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new delivery and the time it may go.
 *
 * @param type       of the notification it belongs to; null when it belongs to none
 * @param customerId the customer whose preferences are checked again if they change while it waits; null for none
 * @param hold       null when it may go at once
 * @param notBefore  it does not go earlier, whatever its customer changes; null for at once
 * @param judged     what was known of the customer
 */
public record NewDelivery(
        Delivery delivery,
        @Nullable String type,
        @Nullable String customerId,
        @Nullable Hold hold,
        @Nullable Instant notBefore,
        DecisionBasis judged) {

    /** A delivery that goes at once, is never re-evaluated, and belongs to no notification. */
    public static NewDelivery of(Delivery delivery) {
        return new NewDelivery(delivery, null, null, null, null, DecisionBasis.NEVER);
    }

    /** Whether nothing keeps it from going at once. */
    boolean isDue() {
        return hold == null && notBefore == null;
    }

    /** Until when a delivery is held, and the reason code; null where it was only scheduled for later. */
    public record Hold(Instant until, @Nullable String reason) {}
}
