package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;

/**
 * Decides how many deliveries of one claim may start at once for each destination. The rest is set aside and uses no
 * attempt.
 */
public interface Admission {

    DestinationKey destination(Delivery delivery);

    /** Whether nothing may start for it, however many places are free: its circuit is open. */
    boolean isCircuitOpen(DestinationKey destination);

    /** How many more may start for it. */
    int room(DestinationKey destination);

    /** Takes the place of one, where there is one. */
    boolean admit(DestinationKey destination);

    /** Releases places that were taken and are not needed. */
    void giveBack(DestinationKey destination, int places);
}
