package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.Order;
import dev.carillon.bss.PgOrders;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Map;

/**
 * The ordering team: ships orders, tracks when one is complete, and calls the notification service. Its change commits
 * before the call. If it dies in between, nobody is notified unless it calls again: that is this door's price.
 */
@ApplicationScoped
public class OrderingCaller {

    private static final String TEAM = "OrderingCaller";

    private final PgOrders orders;
    private final Records records;
    private final NotificationService notifications;

    OrderingCaller(PgOrders orders, Records records, NotificationService notifications) {
        this.orders = orders;
        this.records = records;
        this.notifications = notifications;
    }

    public Uni<Void> shipOrder(
            Team team, String orderId, String trackingNumber, String carrier, LocalDate estimatedDelivery) {
        return records.change(tx -> orders.hold(tx, team.tenant(), orderId)
                        .call(() -> orders.status(tx, team.tenant(), orderId, "SHIPPED")))
                .chain(order -> notifications.submit(
                        team,
                        TEAM,
                        NotificationRequest.of(
                                "ORDER_SHIPPED",
                                order.customerId(),
                                Map.of(
                                        "orderId",
                                        orderId,
                                        "trackingNumber",
                                        trackingNumber,
                                        "carrier",
                                        carrier,
                                        "estimatedDeliveryDate",
                                        estimatedDelivery.toString()),
                                "order/" + orderId + "/shipped")))
                .replaceWithVoid();
    }

    /**
     * Updates one line, checks whether it was the last, and if so notifies the customer. The business key makes sure
     * that it happens once.
     */
    public Uni<Void> lineItemStatus(Team team, String orderId, String lineItemId, String status) {
        return records.change(tx -> orders.hold(tx, team.tenant(), orderId)
                        .call(() -> orders.lineStatus(tx, team.tenant(), orderId, lineItemId, status)))
                .chain(() -> records.lookUp(
                        team, TEAM, "Orders", "the order's other lines", tx -> orders.find(tx, team.tenant(), orderId)))
                .chain(order -> order.complete()
                        ? notifyComplete(team, order)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> notifyComplete(Team team, Order order) {
        return notifications
                .submit(
                        team,
                        TEAM,
                        NotificationRequest.of(
                                "ORDER_COMPLETE",
                                order.customerId(),
                                Map.of(
                                        "orderId",
                                        order.id(),
                                        "itemCount",
                                        order.lines().size()),
                                "order/" + order.id() + "/complete"))
                .replaceWithVoid();
    }
}
