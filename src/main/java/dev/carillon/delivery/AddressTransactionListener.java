package dev.carillon.delivery;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * Told in the very transaction in which a refusal is written down that nothing more should go to its address; implemented by who keeps
 * such addresses. Its failure undoes what was written, and both are written again.
 */
public interface AddressTransactionListener {

    /**
     * What a provider said of an address when it was sent something.
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
