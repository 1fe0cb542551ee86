package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.OrderingCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.eventsourced.producer.OrderingService;
import dev.carillon.eventsourced.producer.OrderingService.Shipment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Simple: one event, one message. */
@ApplicationScoped
class OrderShipped implements Scenario {

    private static final String ORDER = "ord-001";
    private static final Shipment SHIPMENT = new Shipment("1Z999AA10123456784", "UPS", LocalDate.of(2024, 6, 5));

    private final OrderingService service;
    private final OrderingCaller caller;

    OrderShipped(OrderingService service, OrderingCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "order-shipped";
    }

    @Override
    public String summary() {
        return "Order " + ORDER + " leaves the warehouse: its customer is told.";
    }

    @Override
    public Uni<Void> eventSourced(String tenant) {
        return service.shipOrder(tenant, ORDER, SHIPMENT).replaceWithVoid();
    }

    @Override
    public Uni<Void> apiDriven(Team team) {
        return caller.shipOrder(
                team, ORDER, SHIPMENT.trackingNumber(), SHIPMENT.carrier(), SHIPMENT.estimatedDelivery());
    }
}
