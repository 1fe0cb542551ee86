package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.DomainBus;
import dev.carillon.eventsourced.bus.EventsPublished;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.core.AbstractVerticle;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Listens on a domain's address and wakes its loop. */
class ReactionVerticle extends AbstractVerticle {

    private final DomainBus bus;
    private final ReactionLoop loop;
    private @Nullable MessageConsumer<EventsPublished> consumer;

    ReactionVerticle(DomainBus bus, ReactionLoop loop) {
        this.bus = bus;
        this.loop = loop;
    }

    @Override
    public Uni<Void> asyncStart() {
        return bus.listen(loop.address(), published -> loop.look())
                .invoke(listening -> consumer = listening)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> asyncStop() {
        return (consumer == null ? Uni.createFrom().voidItem() : consumer.unregister()).chain(loop::stop);
    }
}
