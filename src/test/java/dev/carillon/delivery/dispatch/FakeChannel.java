package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** A channel that does what the test says. */
record FakeChannel(Function<LeasedDelivery, Uni<DeliveryOutcome>> sending) implements Channel {

    @Override
    public String name() {
        return "test";
    }

    @Override
    public String provider() {
        return "fake";
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
        return sending.apply(delivery);
    }
}
