package dev.carillon.eventsourced.producer;

import dev.carillon.bss.Order;
import dev.carillon.bss.PgOrders;
import dev.carillon.eventsourced.bus.EventPublisher;
import dev.carillon.eventsourced.bus.EventPublisher.TeamChange;
import dev.carillon.eventsourced.event.OrderingEvent.LineItem;
import dev.carillon.eventsourced.event.OrderingEvent.LineItemStatusChanged;
import dev.carillon.eventsourced.event.OrderingEvent.OrderPlaced;
import dev.carillon.eventsourced.event.OrderingEvent.OrderStatusChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/** The ordering team: takes and ships orders, and publishes that. */
@ApplicationScoped
public class OrderingService {

    private static final String TEAM = "OrderingService";

    /** A shipment's details once it is on its way. */
    public record Shipment(String trackingNumber, String carrier, LocalDate estimatedDelivery) {}

    private final PgOrders orders;
    private final EventPublisher publisher;

    OrderingService(PgOrders orders, EventPublisher publisher) {
        this.orders = orders;
        this.publisher = publisher;
    }

    public Uni<Order> placeOrder(String tenant, Order order) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> orders.put(tx, tenant, order)
                        .chain(() -> orders.find(tx, tenant, order.id()))
                        .map(placed -> new TeamChange<>(
                                placed,
                                List.of(new OrderPlaced(
                                        placed.id(),
                                        placed.customerId(),
                                        placed.lines().stream()
                                                .map(OrderingService::lineItem)
                                                .toList())))));
    }

    public Uni<Order> shipOrder(String tenant, String orderId, Shipment shipment) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> orders.hold(tx, tenant, orderId)
                        .call(() -> orders.status(tx, tenant, orderId, "SHIPPED"))
                        .map(order -> new TeamChange<>(
                                order,
                                List.of(new OrderStatusChanged(
                                        orderId,
                                        order.customerId(),
                                        order.status(),
                                        "SHIPPED",
                                        shipment.trackingNumber(),
                                        shipment.carrier(),
                                        shipment.estimatedDelivery().toString())))));
    }

    /** Moves one line on; knows nothing of what it means for the order as a whole. */
    public Uni<Order> lineItemStatus(String tenant, String orderId, String lineItemId, String status) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> orders.hold(tx, tenant, orderId)
                        .call(() -> orders.lineStatus(tx, tenant, orderId, lineItemId, status))
                        .map(order ->
                                new TeamChange<>(order, List.of(lineMoved(order, order.line(lineItemId), status)))));
    }

    private static LineItemStatusChanged lineMoved(Order order, Order.Line line, String status) {
        return new LineItemStatusChanged(
                order.id(), order.customerId(), line.id(), line.productId(), line.status(), status);
    }

    private static LineItem lineItem(Order.Line line) {
        return new LineItem(line.id(), line.productId(), line.productName(), line.quantity(), line.status());
    }
}
