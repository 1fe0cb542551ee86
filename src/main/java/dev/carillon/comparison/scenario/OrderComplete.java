package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.OrderingCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.eventsourced.producer.OrderingService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Complex: several events over time, one message at the end. */
@ApplicationScoped
class OrderComplete implements Scenario {

    private static final String ORDER = "ord-002";
    private static final List<String> REMAINING = List.of("ord-002-2", "ord-002-3");

    private final OrderingService service;
    private final OrderingCaller caller;

    OrderComplete(OrderingService service, OrderingCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "order-complete";
    }

    @Override
    public String summary() {
        return "The last lines of " + ORDER
                + " ship one after the other: its customer is told once, when the order is complete.";
    }

    @Override
    public Uni<Void> eventSourced(String tenant) {
        return Multi.createFrom()
                .iterable(REMAINING)
                .onItem()
                .transformToUniAndConcatenate(line -> service.lineItemStatus(tenant, ORDER, line, "SHIPPED"))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> apiDriven(Team team) {
        return caller.lineItemStatus(team, ORDER, REMAINING.get(0), "SHIPPED")
                .chain(() -> caller.lineItemStatus(team, ORDER, REMAINING.get(1), "SHIPPED"));
    }
}
