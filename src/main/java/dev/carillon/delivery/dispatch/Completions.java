package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.batch.MicroBatcher;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Writes attempts down, many in one commit, and tells who listens. */
@ApplicationScoped
class Completions {

    private static final MicroBatcher.Bounds BOUNDS = new MicroBatcher.Bounds(500, 2, Integer.MAX_VALUE);   // bounded by the dispatch places

    private final Outbox outbox;
    private final List<DeliveryListener> listeners;
    private final MicroBatcher<Attempt, Void> batcher;

    Completions(Outbox outbox, @All List<DeliveryListener> listeners) {
        this.outbox = outbox;
        this.listeners = listeners;
        this.batcher = new MicroBatcher<>(BOUNDS, failure -> true, this::commit);
    }

    Uni<Void> write(Attempt attempt) {
        return batcher.submit(attempt);
    }

    void tell(List<Moved> moved) {
        if (!moved.isEmpty()) {
            listeners.forEach(listener -> listener.moved(moved));
        }
    }

    private Uni<List<Void>> commit(List<Attempt> attempts) {
        return outbox.complete(attempts).invoke(this::tell).map(moved -> java.util.Collections.nCopies(attempts.size(), null));
    }
}
