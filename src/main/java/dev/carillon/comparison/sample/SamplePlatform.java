package dev.carillon.comparison.sample;

import dev.carillon.apidriven.caller.CustomerCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.bss.Order;
import dev.carillon.comparison.sample.SampleData.OrderFile;
import dev.carillon.eventsourced.producer.CustomerService;
import dev.carillon.eventsourced.producer.OrderingService;
import dev.carillon.eventsourced.producer.PricingService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Loads the sample data into a tenant, through either door. Promotions stay in their file until a scenario starts one,
 * because creating a promotion notifies customers.
 */
@ApplicationScoped
public class SamplePlatform {

    private static final String PENDING = "PENDING";

    private final SampleData data;
    private final CustomerService customers;
    private final PricingService pricing;
    private final OrderingService ordering;
    private final SampleRecords records;

    SamplePlatform(
            SampleData data,
            CustomerService customers,
            PricingService pricing,
            OrderingService ordering,
            SampleRecords records) {
        this.data = data;
        this.customers = customers;
        this.pricing = pricing;
        this.ordering = ordering;
        this.records = records;
    }

    /** Everything enters as events the domain teams publish, so that the journal explains what memory knows. */
    public Uni<Void> publish(String tenant) {
        return each(data.products(), product -> pricing.listProduct(tenant, product))
                .chain(() -> each(data.customers(), customer -> customers.register(tenant, customer)))
                .chain(() -> each(
                        data.preferences(),
                        one -> customers.changePreferences(tenant, one.customerId(), one.preferences())))
                .chain(() -> each(
                        data.carts(),
                        cart -> each(
                                cart.items(),
                                item -> customers.addToCart(
                                        tenant, cart.customerId(), item.productId(), item.quantity()))))
                .chain(() -> each(
                        data.wishlists(),
                        list -> each(
                                list.items(),
                                item -> customers.addToWishlist(tenant, list.customerId(), item.productId()))))
                .chain(() -> each(data.orders(), order -> place(tenant, order)));
    }

    /** The teams keep their own records, and the customer team hands contacts and preferences to the notification API. */
    public Uni<Void> register(Team team, CustomerCaller caller) {
        return records.put(team.tenant(), data)
                .chain(() -> each(data.customers(), customer -> caller.register(team, customer)))
                .chain(() -> each(
                        data.preferences(),
                        one -> caller.changePreferences(team, one.customerId(), one.preferences())));
    }

    /** An order is placed with nothing shipped; what has moved since then moved by an event of its own. */
    private Uni<Void> place(String tenant, OrderFile order) {
        var placed = order(order, line -> PENDING);
        var moved = IntStream.range(0, order.lineItems().size())
                .filter(n -> !order.lineItems().get(n).status().equals(PENDING))
                .boxed()
                .toList();
        return ordering.placeOrder(tenant, placed)
                .chain(() -> each(
                        moved,
                        n -> ordering.lineItemStatus(
                                tenant,
                                order.id(),
                                placed.lines().get(n).id(),
                                order.lineItems().get(n).status())));
    }

    static Order order(OrderFile file, Function<SampleData.LineFile, String> status) {
        var lines = IntStream.range(0, file.lineItems().size())
                .mapToObj(n -> {
                    var line = file.lineItems().get(n);
                    return new Order.Line(
                            file.id() + "-" + (n + 1),
                            line.productId(),
                            "",
                            BigDecimal.ZERO,
                            line.quantity(),
                            status.apply(line));
                })
                .toList();
        return new Order(file.id(), file.customerId(), file.status(), file.createdAt(), lines);
    }

    static <T> Uni<Void> each(List<T> items, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> work.apply(item).replaceWith(true))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
