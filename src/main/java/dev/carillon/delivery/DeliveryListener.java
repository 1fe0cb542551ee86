package dev.carillon.delivery;

import java.util.List;

/** Told after each commit which deliveries moved; implemented by tracking. */
public interface DeliveryListener {

    /** A delivery that moved: {@code outcome} is sent, retry, dead or expired. */
    record Moved(String deliveryId, String tenant, String channel, String outcome) {
    }

    void moved(List<Moved> moved);
}
