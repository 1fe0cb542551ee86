package dev.carillon.delivery;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * Called in the transaction that records a refusal, when nothing more should go to the address. Whoever stores such
 * addresses implements it. If it fails, the refusal is rolled back too, and both are written again.
 */
public interface AddressTransactionListener {

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

    Uni<Void> blocked(Tx tx, List<Blocked> blocked);
}
