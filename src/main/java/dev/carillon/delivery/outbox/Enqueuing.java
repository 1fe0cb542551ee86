package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts deliveries into the outbox. What is due now and has a place is inserted already leased, and sent from memory
 * after the commit; the rest waits for a claim. If the transaction fails, its places are free again. If the process
 * dies, or nobody knows whether it was committed, the lease expires like any other.
 */
@ApplicationScoped
class Enqueuing {

    /** A claim draws its token from a sequence that begins at 1. A delivery is inserted only once. */
    static final long TOKEN = 0;

    private final PgOutbox store;
    private final RecipientLimits recipients;
    private final DirectSender sender;
    private final Clock clock;

    Enqueuing(PgOutbox store, RecipientLimits recipients, DirectSender sender, Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.sender = sender;
        this.clock = clock;
    }

    Uni<Void> enqueue(Tx tx, List<NewDelivery> deliveries) {
        var now = clock.instant();
        var lease = sender.lease();
        var due = deliveries.stream()
                .filter(NewDelivery::isDue)
                .map(NewDelivery::delivery)
                .toList();
        var admitted = new Admitted(sender, due, now, lease);
        if (!due.isEmpty() && tx.onEnd(admitted::ended)) {
            admitted.take(due.stream()
                    .filter(delivery -> !recipients.isSet(delivery.channel()))
                    .toList());
        }
        return store.insert(tx, deliveries, admitted.ids(), now, now.plus(lease))
                .invoke(admitted::inserted)
                .replaceWithVoid();
    }

    /** The places that the deliveries of one insert have until its transaction ends. */
    private static final class Admitted {

        private final DirectSender sender;
        private final List<Delivery> due;
        private final Instant now;
        private final Duration lease;
        private final Map<String, Delivery> leased = new LinkedHashMap<>();
        private boolean inserted;
        private boolean ended;

        Admitted(DirectSender sender, List<Delivery> due, Instant now, Duration lease) {
            this.sender = sender;
            this.due = due;
            this.now = now;
            this.lease = lease;
        }

        synchronized void take(List<Delivery> wanted) {
            if (!ended && !wanted.isEmpty()) {
                var ids = sender.admit(wanted);
                wanted.stream()
                        .filter(delivery -> ids.contains(delivery.id()))
                        .forEach(delivery -> leased.put(delivery.id(), delivery));
            }
        }

        synchronized Set<String> ids() {
            return Set.copyOf(leased.keySet());
        }

        /** @param stale the ids of those that something has changed for since they were decided: they wait for a claim */
        synchronized void inserted(Collection<String> stale) {
            inserted = true;
            sender.giveBack(stale.stream()
                    .filter(leased::containsKey)
                    .map(leased::remove)
                    .toList());
        }

        synchronized void ended(boolean committed) {
            ended = true;
            if (!committed || !inserted) {
                sender.giveBack(List.copyOf(leased.values()));
                leased.clear();
                return;
            }
            sender.start(leased.values().stream()
                    .map(delivery -> new LeasedDelivery(delivery, 1, TOKEN, now, lease, null))
                    .toList());
            var others = new TreeSet<String>();
            due.stream()
                    .filter(delivery -> !leased.containsKey(delivery.id()))
                    .forEach(delivery -> others.add(delivery.channel()));
            sender.ring(others);
        }
    }
}
