package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;

/** An open connection to a provider, with its credentials. */
@FunctionalInterface
public interface Gateway {

    /**
     * Tries once. The delivery's id is the same in every attempt: it is what the provider is asked to recognise a repetition by.
     * A failure of the {@code Uni} is a bug or a broken connection and is retried like a transient one.
     */
    Uni<DeliveryOutcome> send(LeasedDelivery delivery);

    /**
     * How many more it can send now. A delivery that would have to wait for a connection is not started: it would time
     * out while waiting, and go out all the same.
     */
    default int free() {
        return Integer.MAX_VALUE;
    }

    /** This way, behind something that looks at each message first: it can send as many as this one. */
    default Gateway behind(Gateway first) {
        return new Gateway() {

            @Override
            public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
                return first.send(leased);
            }

            @Override
            public int free() {
                return Gateway.this.free();
            }
        };
    }
}
