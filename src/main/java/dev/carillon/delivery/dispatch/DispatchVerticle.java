package dev.carillon.delivery.dispatch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.core.AbstractVerticle;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Listens on {@code delivery.<channel>} and wakes the loop. */
class DispatchVerticle extends AbstractVerticle {

    private final DeliveryBell bell;
    private final DispatchLoop loop;
    private @Nullable MessageConsumer<String> consumer;

    DispatchVerticle(DeliveryBell bell, DispatchLoop loop) {
        this.bell = bell;
        this.loop = loop;
    }

    @Override
    public Uni<Void> asyncStart() {
        return bell.listen(loop.channel(), loop::look)
                .invoke(listening -> consumer = listening)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> asyncStop() {
        return (consumer == null ? Uni.createFrom().voidItem() : consumer.unregister()).chain(loop::stop);
    }
}
