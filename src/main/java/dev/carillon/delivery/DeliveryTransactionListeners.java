package dev.carillon.delivery;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListener.Blocked;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * Calls every {@link DeliveryTransactionListener}, one after the other, in the transaction in which deliveries change
 * status.
 */
@ApplicationScoped
public class DeliveryTransactionListeners {

    private final List<DeliveryTransactionListener> listeners;

    public DeliveryTransactionListeners(@All List<DeliveryTransactionListener> listeners) {
        this.listeners = listeners;
    }

    public boolean hear(String tenant) {
        for (var listener : listeners) {
            if (listener.hears(tenant)) {
                return true;
            }
        }
        return false;
    }

    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        return inTurn(moved, listener -> listener.moving(tx, moved));
    }

    public Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
        return inTurn(blocked, listener -> listener.blocked(tx, blocked));
    }

    private Uni<Void> inTurn(List<?> changes, Function<DeliveryTransactionListener, Uni<Void>> call) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : Multi.createFrom()
                        .iterable(listeners)
                        .onItem()
                        .transformToUniAndConcatenate(
                                listener -> call.apply(listener).replaceWith(true))
                        .collect()
                        .asList()
                        .replaceWithVoid();
    }
}
