package dev.carillon.delivery.dispatch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.eventbus.EventBus;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/**
 * Rings {@code delivery.<channel>} when something was put into the outbox. The message is empty: the row is the work.
 */
@ApplicationScoped
public class DeliveryBell {

    private final EventBus bus;

    DeliveryBell(Vertx vertx) {
        this.bus = vertx.eventBus();
    }

    /** Call it after the commit, never before. */
    public void ring(Collection<String> channels) {
        channels.forEach(channel -> bus.publish(address(channel), ""));
    }

    Uni<MessageConsumer<String>> listen(String channel, Runnable look) {
        var consumer = bus.<String>localConsumer(address(channel));
        consumer.handler(ring -> look.run());
        return consumer.completionHandler().replaceWith(consumer);
    }

    private static String address(String channel) {
        return "delivery." + channel;
    }
}
