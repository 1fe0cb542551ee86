package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.batch.Pacing;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Records the results of attempts, many in one commit, and notifies the listeners. */
@ApplicationScoped
class Completions {

    private static final MicroBatcher.Bounds BOUNDS =
            new MicroBatcher.Bounds(500, 2, Integer.MAX_VALUE); // bounded by the dispatch places
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final List<DeliveryListener> listeners;
    private final Duration lease;
    private final MicroBatcher<Attempt, Void> batcher;

    Completions(Outbox outbox, @All List<DeliveryListener> listeners, DispatchSettings settings, Pacing pacing) {
        this.outbox = outbox;
        this.listeners = listeners;
        this.lease = settings.lease();
        this.batcher = new MicroBatcher<>(BOUNDS, pacing.pace(), PgFailures::liesInTheData, this::commit);
    }

    /**
     * Completes when the attempt is committed. If the database is away for a moment, the write is retried for as long
     * as a lease, so that nobody gets a message twice. The token makes sure that a late write does not change another
     * attempt.
     */
    Uni<Void> write(Attempt attempt) {
        return insistently(batcher.submit(attempt));
    }

    /** Completes when it is due again, as if it had never been claimed. */
    Uni<Void> giveBack(LeasedDelivery leased) {
        return insistently(Uni.createFrom().deferred(() -> outbox.release(List.of(leased))));
    }

    /** Completes when it is due then, and no attempt is burnt. */
    Uni<Void> postpone(LeasedDelivery leased, Instant until) {
        return insistently(Uni.createFrom().deferred(() -> outbox.postpone(leased, until)));
    }

    private Uni<Void> insistently(Uni<Void> work) {
        return work.onFailure(failure -> !PgFailures.liesInTheData(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(lease.toMillis());
    }

    /** The deliveries have moved, whatever a listener makes of it. */
    void tell(List<Moved> moved) {
        if (moved.isEmpty()) {
            return;
        }
        for (var listener : listeners) {
            try {
                listener.moved(moved);
            } catch (Throwable e) { // the others are told, also when one is too deep for the stack
                Log.errorf(
                        "a listener failed and missed %d deliveries: listener=%s cause=%s",
                        moved.size(), listener.getClass().getSimpleName(), PgFailures.nameOf(e));
            }
        }
    }

    private Uni<List<Void>> commit(List<Attempt> attempts) {
        return outbox.complete(attempts).invoke(this::tell).map(moved -> Collections.nCopies(attempts.size(), null));
    }
}
