package dev.carillon.notification.statistics;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTally;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/**
 * Counts what becomes of deliveries in the transaction that changes them, so counts and rows always match. It writes a
 * few rows for each batch, however many deliveries the batch holds. Decisions are counted as they are written, too
 * ({@link PgTallies}).
 */
@ApplicationScoped
public class Counting implements DeliveryTally {

    private final PgTallies store;
    private final Clock clock;

    Counting(PgTallies store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String countOfMoved() {
        return PgTallies.COUNT_MOVED;
    }

    /** Counts what providers report about deliveries after they were sent. */
    public Uni<Void> reported(Tx tx, List<Moved> moved) {
        return store.count(tx, moved, clock.instant());
    }
}
