package dev.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process may send until its lease ends.
 *
 * @param attempt counted from 1
 * @param token   the fencing token: a completion with another one changes nothing
 * @param lease   how long it is ours, from {@code leasedAt} on
 * @param provider who is to try it, where an earlier attempt says so; null for the channel's first choice
 * @param waits   who has asked it to wait
 */
public record LeasedDelivery(
        Delivery delivery,
        int attempt,
        long token,
        Instant leasedAt,
        Duration lease,
        @Nullable String provider,
        Waits waits) {

    /** A lease on a delivery that no provider has asked to wait. */
    public LeasedDelivery(
            Delivery delivery, int attempt, long token, Instant leasedAt, Duration lease, @Nullable String provider) {
        this(delivery, attempt, token, leasedAt, lease, provider, Waits.NONE);
    }

    /** The same within a trace; without one it stays in its own. */
    public LeasedDelivery in(@Nullable String traceparent) {
        return traceparent == null
                ? this
                : new LeasedDelivery(delivery.in(traceparent), attempt, token, leasedAt, lease, provider, waits);
    }
}
