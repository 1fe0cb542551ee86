package dev.carillon.notification.tracking;

import dev.carillon.notification.tracking.PgMessages.StoredHtml;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads back what notifications said. */
@ApplicationScoped
class Messages {

    private final PgTracking tracking;
    private final PgMessages store;
    private final Transactions transactions;

    Messages(PgTracking tracking, PgMessages store, Transactions transactions) {
        this.tracking = tracking;
        this.store = store;
        this.transactions = transactions;
    }

    /** Empty for another tenant's notification and for what is no tracking id. */
    Uni<Optional<NotificationMessages>> of(String tenant, String trackingId) {
        return !Ids.isId(trackingId)
                ? Uni.createFrom().item(Optional.empty())
                : transactions.inTransaction(tx -> tracking.find(tx, tenant, trackingId)
                        .chain(found -> store.withHtml(tx, tenant, trackingId)
                                .map(withHtml -> found.map(notification -> NotificationMessages.of(
                                        notification,
                                        notification.deliveries().stream()
                                                .filter(delivery -> delivery.id() != null)
                                                .map(delivery -> NotificationMessage.of(
                                                        delivery, withHtml.contains(delivery.id())))
                                                .toList())))));
    }

    /** Empty where the notification has no such delivery. */
    Uni<Optional<StoredHtml>> html(String tenant, String trackingId, String deliveryId) {
        return !Ids.isId(trackingId) || !Ids.isId(deliveryId)
                ? Uni.createFrom().item(Optional.empty())
                : transactions.inTransaction(tx -> store.html(tx, tenant, trackingId, deliveryId));
    }
}
