package dev.carillon.delivery.outbox;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Removes texts and addresses from the deliveries of an erased recipient. */
@ApplicationScoped
public class ErasedDeliveries {

    private final PgErasedDeliveries store;

    ErasedDeliveries(PgErasedDeliveries store) {
        this.store = store;
    }

    /**
     * Withdraws deliveries that are not being sent, and blanks them.
     *
     * @return how many are being sent, and have to be looked at later
     */
    public Uni<Integer> erase(Tx tx, List<String> notificationIds, String reason, String detail) {
        return store.withdraw(tx, notificationIds, reason, detail).call(() -> store.blank(tx, notificationIds));
    }
}
