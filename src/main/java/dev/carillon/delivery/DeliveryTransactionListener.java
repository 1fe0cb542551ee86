package dev.carillon.delivery;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Called in the transaction in which deliveries change status, so what it writes commits with the change. If it fails,
 * the change is rolled back.
 */
public interface DeliveryTransactionListener {

    Uni<Void> moving(Tx tx, List<Moved> moved);
}
