package dev.carillon.eventsourced.timer;

import dev.carillon.notification.erasure.Erasing;
import dev.carillon.notification.erasure.Erasure;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Cancels an erased customer's timers and deletes what digests have gathered for them. */
@ApplicationScoped
class TimerErasing implements Erasing {

    private static final int PORTION = 500;

    private final PgTimers store;

    TimerErasing(PgTimers store) {
        this.store = store;
    }

    @Override
    public Uni<ErasedPortion> erase(Tx tx, Erasure erasure, String after) {
        return store.armedFor(tx, erasure.tenant(), erasure.customerId(), erasure.position(), after, PORTION)
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().item(ErasedPortion.DONE)
                        : store.delete(tx, page).replaceWith(new ErasedPortion(page.get(page.size() - 1), false)));
    }
}
