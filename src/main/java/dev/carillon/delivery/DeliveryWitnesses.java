package dev.carillon.delivery;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Everyone who is told of deliveries in the transaction in which they move, one after the other. */
@ApplicationScoped
public class DeliveryWitnesses {

    private final List<DeliveryWitness> witnesses;

    public DeliveryWitnesses(@All List<DeliveryWitness> witnesses) {
        this.witnesses = witnesses;
    }

    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        return moved.isEmpty() ? Uni.createFrom().voidItem() : Multi.createFrom().iterable(witnesses)
                .onItem().transformToUniAndConcatenate(witness -> witness.moving(tx, moved).replaceWith(true)).collect().asList().replaceWithVoid();
    }
}
