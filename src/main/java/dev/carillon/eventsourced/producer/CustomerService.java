package dev.carillon.eventsourced.producer;

import dev.carillon.bss.Customer;
import dev.carillon.bss.PgBaskets;
import dev.carillon.bss.PgCustomers;
import dev.carillon.eventsourced.bus.EventPublisher;
import dev.carillon.eventsourced.bus.EventPublisher.TeamChange;
import dev.carillon.eventsourced.event.CustomerEvent;
import dev.carillon.eventsourced.event.CustomerEvent.CartItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.CartItemRemoved;
import dev.carillon.eventsourced.event.CustomerEvent.CustomerUpdated;
import dev.carillon.eventsourced.event.CustomerEvent.PreferencesChanged;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemRemoved;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The customer team: keeps accounts, carts and wishlists, and publishes their changes. */
@ApplicationScoped
public class CustomerService {

    private static final String TEAM = "CustomerService";

    private final PgCustomers customers;
    private final PgBaskets baskets;
    private final EventPublisher publisher;
    private final Clock clock;

    CustomerService(PgCustomers customers, PgBaskets baskets, EventPublisher publisher, Clock clock) {
        this.customers = customers;
        this.baskets = baskets;
        this.publisher = publisher;
        this.clock = clock;
    }

    public Uni<Void> register(String tenant, Customer customer) {
        return saying(
                tenant,
                tx -> customers.put(tx, tenant, customer),
                new CustomerUpdated(
                        customer.id(), customer.name(), customer.email(), customer.phone(), customer.segment()));
    }

    /** @param preferences category → channel → wanted */
    public Uni<Void> changePreferences(
            String tenant, String customerId, Map<String, Map<String, Boolean>> preferences) {
        return saying(tenant, tx -> Uni.createFrom().voidItem(), new PreferencesChanged(customerId, preferences));
    }

    public Uni<Void> addToCart(String tenant, String customerId, String productId, int quantity) {
        return saying(
                tenant,
                tx -> baskets.addToCart(tx, tenant, customerId, productId, quantity, clock.instant()),
                new CartItemAdded(customerId, productId, quantity));
    }

    public Uni<Void> removeFromCart(String tenant, String customerId, String productId) {
        return saying(
                tenant,
                tx -> baskets.removeFromCart(tx, tenant, customerId, productId),
                new CartItemRemoved(customerId, productId));
    }

    public Uni<Void> addToWishlist(String tenant, String customerId, String productId) {
        return saying(
                tenant,
                tx -> baskets.addToWishlist(tx, tenant, customerId, productId, clock.instant()),
                new WishlistItemAdded(customerId, productId));
    }

    public Uni<Void> removeFromWishlist(String tenant, String customerId, String productId) {
        return saying(
                tenant,
                tx -> baskets.removeFromWishlist(tx, tenant, customerId, productId),
                new WishlistItemRemoved(customerId, productId));
    }

    private Uni<Void> saying(String tenant, Function<Tx, Uni<Void>> change, CustomerEvent event) {
        return publisher.publishing(
                tenant, TEAM, tx -> change.apply(tx).map(done -> new TeamChange<Void>(null, List.of(event))));
    }
}
