package dev.carillon.delivery;

import dev.carillon.delivery.AddressTransactionListener.Blocked;
import dev.carillon.delivery.DeliveryListener.Moved;
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
    private final List<AddressTransactionListener> ofAddresses;

    public DeliveryTransactionListeners(
            @All List<DeliveryTransactionListener> listeners, @All List<AddressTransactionListener> ofAddresses) {
        this.listeners = listeners;
        this.ofAddresses = ofAddresses;
    }

    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        return moved.isEmpty()
                ? Uni.createFrom().voidItem()
                : inTurn(listeners, listener -> listener.moving(tx, moved));
    }

    public Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
        return blocked.isEmpty()
                ? Uni.createFrom().voidItem()
                : inTurn(ofAddresses, listener -> listener.blocked(tx, blocked));
    }

    private static <W> Uni<Void> inTurn(List<W> listeners, Function<W, Uni<Void>> telling) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(
                        listener -> telling.apply(listener).replaceWith(true))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
