package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;

/** One route of a channel: a provider and its open gateway. */
public record Route(String provider, Gateway gateway) {

    /** Everything counts as sent, and nothing is. */
    static final Route NOWHERE = new Route(
            "mock",
            leased -> Uni.createFrom()
                    .item(new DeliveryOutcome.Sent("mock-" + leased.delivery().id())));
}
