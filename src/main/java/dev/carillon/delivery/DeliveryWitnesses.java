package dev.carillon.delivery;

import dev.carillon.delivery.AddressWitness.Blocked;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.function.Function;

/** Everyone who is told of deliveries in the transaction in which they move, one after the other. */
@ApplicationScoped
public class DeliveryWitnesses {

    private final List<DeliveryWitness> witnesses;
    private final List<AddressWitness> ofAddresses;

    public DeliveryWitnesses(@All List<DeliveryWitness> witnesses, @All List<AddressWitness> ofAddresses) {
        this.witnesses = witnesses;
        this.ofAddresses = ofAddresses;
    }

    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        return moved.isEmpty() ? Uni.createFrom().voidItem() : inTurn(witnesses, witness -> witness.moving(tx, moved));
    }

    public Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
        return blocked.isEmpty() ? Uni.createFrom().voidItem() : inTurn(ofAddresses, witness -> witness.blocked(tx, blocked));
    }

    private static <W> Uni<Void> inTurn(List<W> witnesses, Function<W, Uni<Void>> telling) {
        return Multi.createFrom().iterable(witnesses)
                .onItem().transformToUniAndConcatenate(witness -> telling.apply(witness).replaceWith(true)).collect().asList().replaceWithVoid();
    }
}
