package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;

/**
 * Decides how many deliveries of one claim may start at once for each destination. The rest is set aside and uses no
 * attempt.
 */
public interface Admission {

    /** The destination of a delivery. */
    String destination(Delivery delivery);

    /** Whether nothing may start for it, however many places are free. */
    boolean leftAlone(String tenant, String destination);

    /** How many more may start for it. */
    int room(String tenant, String destination);

    /** Takes the place of one, where there is one. */
    boolean admit(String tenant, String destination);

    /** Releases places that were taken and are not needed. */
    void giveBack(String tenant, String destination, int places);
}
