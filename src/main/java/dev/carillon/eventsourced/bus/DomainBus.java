package dev.carillon.eventsourced.bus;

import dev.carillon.eventsourced.event.EventEnvelope;
import io.quarkus.vertx.LocalEventBusCodec;
import io.smallrye.mutiny.Uni;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.eventbus.EventBus;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The domains' addresses on the Vert.x event bus. The bus is best effort: events are in the journal before they are
 * published here, and a sweep finds whatever the bus lost.
 */
@ApplicationScoped
public class DomainBus {

    private static final String CODEC = "carillon.events-published";

    private final EventBus bus;
    private final DeliveryOptions options =
            new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

    DomainBus(Vertx vertx) {
        this.bus = vertx.eventBus();
        var codecs = bus.getDelegate();
        codecs.unregisterCodec(CODEC); // live reload keeps Vert.x and with it the old class's codec
        codecs.registerCodec(new LocalEventBusCodec<EventsPublished>(CODEC));
    }

    /** Publishes what was recorded to all listeners, one message for each address. */
    public void publish(List<EventEnvelope> recorded) {
        recorded.stream()
                .collect(Collectors.groupingBy(EventEnvelope::address))
                .forEach((address, events) -> bus.publish(address, new EventsPublished(events), options));
    }

    /** Listens on an address; completes when messages arrive. The listener must return at once. */
    public Uni<MessageConsumer<EventsPublished>> listen(String address, Consumer<EventsPublished> listener) {
        var consumer = bus.<EventsPublished>localConsumer(address);
        consumer.handler(message -> listener.accept(message.body()));
        return consumer.completionHandler().replaceWith(consumer);
    }
}
