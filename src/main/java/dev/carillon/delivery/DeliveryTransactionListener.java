package dev.carillon.delivery;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * Called in the transaction that records what became of attempts, so what it writes commits with that. If it fails,
 * that is rolled back too, and both are written again.
 */
public interface DeliveryTransactionListener {

    /**
     * Whether it has to be called when this tenant's deliveries are sent or tried again. Where no listener has, nothing
     * but the attempt is written.
     */
    default boolean hears(String tenant) {
        return false;
    }

    /** Deliveries change status. */
    default Uni<Void> moving(Tx tx, List<Moved> moved) {
        return Uni.createFrom().voidItem();
    }

    /** Nothing more should go to these addresses. */
    default Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
        return Uni.createFrom().voidItem();
    }

    /**
     * A provider's refusal of an address after an attempt to send.
     *
     * @param detail codes only
     */
    record Blocked(
            String tenant, String channel, String address, Block block, String provider, String detail, Instant at) {

        /** The address is personal. */
        @Override
        public String toString() {
            return "Blocked[" + channel + " " + block + "]";
        }
    }
}
