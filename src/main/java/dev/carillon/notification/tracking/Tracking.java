package dev.carillon.notification.tracking;

import dev.carillon.delivery.DeliveryListener;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps the status of every notification. It is called for each delivery whose status changes. */
@ApplicationScoped
public class Tracking implements DeliveryListener {

    private static final String SERVICE = "NotificationService";

    private final PgTracking store;
    private final Transactions transactions;
    private final Journeys journeys;
    private final MeterRegistry meters;

    Tracking(PgTracking store, Transactions transactions, Journeys journeys, MeterRegistry meters) {
        this.store = store;
        this.transactions = transactions;
        this.journeys = journeys;
        this.meters = meters;
    }

    /** A tenant's notification; empty for another tenant's and for what is no tracking id. */
    public Uni<Optional<NotificationView>> find(String tenant, String trackingId) {
        return Ids.isId(trackingId)
                ? transactions.inTransaction(tx -> store.find(tx, tenant, trackingId))
                : Uni.createFrom().item(Optional.empty());
    }

    /** A customer's notifications, through whichever door, newest first. */
    public Uni<List<NotificationView>> newest(String tenant, String customerId, int limit) {
        return transactions.inTransaction(tx -> store.newest(tx, tenant, customerId, limit));
    }

    /** Everything of a tenant, oldest first: for tenants as small as a demo run. */
    public Uni<List<NotificationView>> all(String tenant) {
        return transactions.inTransaction(tx -> store.all(tx, tenant));
    }

    @Override
    public void moved(List<Moved> moved) {
        moved.stream()
                .collect(Collectors.groupingBy(
                        Moved::channel, Collectors.groupingBy(Moved::outcome, Collectors.counting())))
                .forEach((channel, outcomes) ->
                        outcomes.forEach((outcome, count) -> Counter.builder("carillon.deliveries")
                                .description("Delivery attempts by outcome")
                                .tag("channel", channel)
                                .tag("outcome", outcome)
                                .register(meters)
                                .increment(count)));
        moved.forEach(one -> journeys.step(
                one.tenant(),
                Step.StepKind.SEND,
                SERVICE,
                one.channel(),
                "sent".equals(one.outcome()) ? "sent" : "could not send",
                () -> "delivery " + one.deliveryId()));
        journeys.moved(moved.stream().map(Moved::tenant).toList());
    }
}
