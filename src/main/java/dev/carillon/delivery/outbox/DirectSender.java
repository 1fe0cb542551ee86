package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Sends what this process has just put into the outbox, without a claim and without reading it back. Dispatch implements
 * it. Who may is written in docs/adr/0029.
 */
public interface DirectSender {

    /** How long an admitted delivery is leased. */
    Duration lease();

    /**
     * Takes places for deliveries that are due now.
     *
     * @return the ids of those that have one: each is started, or its place given back
     */
    Set<String> admit(List<Delivery> due);

    /** Sends them; the transaction that leased them is committed. */
    void start(List<LeasedDelivery> leased);

    /** Frees the places of admitted deliveries that are not started. */
    void giveBack(Collection<Delivery> admitted);

    /** Something else is due on these channels; the transaction that put it there is committed. */
    void ring(Set<String> channels);
}
