package dev.carillon.delivery;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Told in the very transaction in which deliveries move: what it writes is there exactly when they have moved. Its failure undoes the move. */
public interface DeliveryTransactionListener {

    Uni<Void> moving(Tx tx, List<Moved> moved);
}
