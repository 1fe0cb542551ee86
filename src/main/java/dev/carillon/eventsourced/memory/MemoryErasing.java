package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.erasure.Erasing;
import dev.carillon.notification.erasure.Erasure;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Erases a customer's events and what is remembered from them: orders that their events name, cart and wishlist. It
 * waits while a replay runs, because the new memory would bring the data back.
 */
@ApplicationScoped
class MemoryErasing implements Erasing {

    private static final int PORTION = 500;
    private static final String ORDER_ID = "orderId";
    private static final ErasedPortion LATER = new ErasedPortion(null, true);

    private final PgErasedMemory store;
    private final EventJournal journal;

    MemoryErasing(PgErasedMemory store, EventJournal journal) {
        this.store = store;
        this.journal = journal;
    }

    @Override
    public Uni<ErasedPortion> erase(Tx tx, Erasure erasure, String after) {
        return store.holdMemory(tx)
                .chain(held -> held
                        ? portion(tx, erasure, after.isEmpty() ? 0 : Long.parseLong(after))
                        : Uni.createFrom().item(LATER));
    }

    private Uni<ErasedPortion> portion(Tx tx, Erasure erasure, long after) {
        return journal.notErased(tx, erasure.tenant(), erasure.customerId(), after, erasure.position(), PORTION)
                .chain(page -> page.isEmpty()
                        ? store.forgetRelations(tx, erasure).replaceWith(ErasedPortion.DONE)
                        : store.forgetOrders(tx, erasure, orders(page))
                                .chain(() -> journal.erase(tx, page))
                                .replaceWith(new ErasedPortion(
                                        String.valueOf(page.get(page.size() - 1).position()), false)));
    }

    private static List<String> orders(List<RecordedEvent> events) {
        return events.stream()
                .map(recorded -> Optional.ofNullable(recorded.event().data().get(ORDER_ID))
                        .map(Object::toString)
                        .orElse(null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
