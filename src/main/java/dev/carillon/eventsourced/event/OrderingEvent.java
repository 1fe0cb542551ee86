package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of the ordering team. */
public sealed interface OrderingEvent extends DomainEvent {

    String customerId();

    @Override
    default String subject() {
        return customerId();
    }

    /** One line of an order: {@code status} as in the order (PENDING, SHIPPED, DELIVERED, …). */
    @RegisterForReflection
    record LineItem(String id, String productId, String productName, int quantity, String status) {}

    @RegisterForReflection
    record OrderPlaced(String orderId, String customerId, List<LineItem> lineItems) implements OrderingEvent {

        public OrderPlaced {
            lineItems = List.copyOf(lineItems);
        }
    }

    /** The optional fields are set when the order ships. The expected delivery is a day, or a time with its offset. */
    @RegisterForReflection
    record OrderStatusChanged(
            String orderId,
            String customerId,
            @Nullable String oldStatus,
            String newStatus,
            @Nullable String trackingNumber,
            @Nullable String carrier,
            @Nullable String estimatedDeliveryDate)
            implements OrderingEvent {}

    @RegisterForReflection
    record LineItemStatusChanged(
            String orderId,
            String customerId,
            String lineItemId,
            String productId,
            @Nullable String oldStatus,
            String newStatus)
            implements OrderingEvent {}

    /** A line added to an existing order. */
    @RegisterForReflection
    record LineItemAdded(String orderId, String customerId, LineItem lineItem) implements OrderingEvent {}

    /** A line that was cancelled. */
    @RegisterForReflection
    record LineItemCancelled(String orderId, String customerId, String lineItemId) implements OrderingEvent {}
}
