package dev.carillon.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Called after each commit with the deliveries whose status changed. Tracking implements it. */
public interface DeliveryListener {

    /**
     * A delivery whose status changed.
     *
     * @param type     of the notification it belongs to; null when it belongs to none
     * @param outcome  sent, retry, dead or expired; afterwards what the provider reports
     * @param provider the provider of the attempt; {@code unknown} if the sender died before it recorded one
     * @param failure  the {@link FailureKind}, when it was not sent
     */
    record Moved(
            String deliveryId,
            String tenant,
            String channel,
            @Nullable String type,
            String outcome,
            String provider,
            @Nullable String failure) {}

    void moved(List<Moved> moved);
}
