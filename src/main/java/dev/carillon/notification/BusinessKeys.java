package dev.carillon.notification;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Makes sure that each business fact leads to one notification. The first to claim the key wins, through either door.
 */
@ApplicationScoped
class BusinessKeys {

    private final PgBusinessKeys store;

    BusinessKeys(PgBusinessKeys store) {
        this.store = store;
    }

    /** Reserves the keys of the commands that have one. Waits for others that are reserving the same key now. */
    Uni<Reservation> reserve(Tx tx, List<NotificationCommand> commands) {
        var first = new LinkedHashMap<BusinessKey, NotificationCommand>();
        commands.stream()
                .filter(command -> command.fact() != null)
                .forEach(command -> first.putIfAbsent(command.fact(), command));
        return first.isEmpty()
                ? Uni.createFrom().item(new Reservation(new LinkedHashMap<>(), new LinkedHashMap<>()))
                : store.reserve(tx, List.copyOf(first.values()));
    }

    /** Releases the keys of commands that were not sent, and records the notifications of the others. */
    Uni<Void> settle(Tx tx, Reservation reservation) {
        var unused = reservation.unused();
        var renamed = reservation.takenOver();
        var released = unused.isEmpty() ? Uni.createFrom().voidItem() : store.release(tx, unused);
        return renamed.isEmpty() ? released : released.chain(() -> store.rename(tx, renamed));
    }
}
