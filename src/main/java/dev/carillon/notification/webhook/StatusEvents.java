package dev.carillon.notification.webhook;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListener;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notifies webhook subscribers of status changes. The events are written in the transaction that changes the status, as
 * deliveries of their own channel, and go out with leases, retries and dead letters like everything else.
 */
@ApplicationScoped
public class StatusEvents implements DeliveryTransactionListener {

    /** The statuses that are reported. A retry is none. */
    public static final Set<String> STATUSES =
            Set.of("sent", "delivered", "bounced", "complained", "dead-lettered", "expired");

    private static final int NORMAL = 1;

    private final Subscribers subscribers;
    private final PgStatusChanges store;
    private final Outbox outbox;
    private final Json json;
    private final Ids ids;

    StatusEvents(Subscribers subscribers, PgStatusChanges store, Outbox outbox, Json json, Ids ids) {
        this.subscribers = subscribers;
        this.store = store;
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    /** The status that an outcome leaves a delivery in. */
    static String statusOf(String outcome, @Nullable String failure) {
        return !"dead".equals(outcome)
                ? outcome
                : FailureKind.EXPIRED.name().equals(failure) ? "expired" : "dead-lettered";
    }

    @Override
    public boolean hears(String tenant) {
        return subscribers.mayBeOf(tenant);
    }

    @Override
    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        return subscribers.active(tx).chain(active -> {
            var reported = active.isEmpty()
                    ? List.<Moved>of()
                    : moved.stream()
                            .filter(one -> active.containsKey(one.tenant()) && isReported(one))
                            .toList();
            return reported.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : store.of(tx, reported).chain(changes -> enqueued(tx, changes, active));
        });
    }

    /** Deliveries to subscribers are not reported to subscribers. */
    private static boolean isReported(Moved moved) {
        return !StatusWebhookChannel.NAME.equals(moved.channel()) && STATUSES.contains(statusOf(moved.outcome(), null));
    }

    private Uni<Void> enqueued(Tx tx, List<StatusChange> changes, Map<String, List<Subscription>> active) {
        var deliveries = changes.stream()
                .flatMap(change -> active.getOrDefault(change.tenant(), List.of()).stream()
                        .filter(one -> one.wants(change.status(), change.type()))
                        .map(one -> delivery(one, change.asEvent(), change.traceparent())))
                .toList();
        return deliveries.isEmpty() ? Uni.createFrom().voidItem() : outbox.enqueue(tx, deliveries);
    }

    /** An event for a subscriber. Its delivery belongs to the subscription, not to a notification. */
    NewDelivery delivery(Subscription subscription, Map<String, Object> event, @Nullable String traceparent) {
        return NewDelivery.of(new Delivery(
                ids.next(),
                subscription.tenant(),
                subscription.id(),
                StatusWebhookChannel.NAME,
                subscription.url(),
                null,
                json.write(event),
                null,
                NORMAL,
                null,
                traceparent,
                null));
    }
}
