package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.PgBaskets;
import dev.carillon.bss.PgCatalog;
import dev.carillon.bss.PgCustomers;
import dev.carillon.bss.Product;
import dev.carillon.notification.PlainNumber;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** The pricing team: to notify of a price drop it has to know carts, segments and preferences. */
@ApplicationScoped
public class PricingCaller {

    private static final String TEAM = "PricingCaller";
    private static final Set<String> ELIGIBLE = Set.of("gold", "platinum");

    private final PgCatalog catalog;
    private final PgBaskets baskets;
    private final PgCustomers customers;
    private final Records records;
    private final NotificationService notifications;

    PricingCaller(
            PgCatalog catalog,
            PgBaskets baskets,
            PgCustomers customers,
            Records records,
            NotificationService notifications) {
        this.catalog = catalog;
        this.baskets = baskets;
        this.customers = customers;
        this.records = records;
        this.notifications = notifications;
    }

    public Uni<Void> changePrice(Team team, String productId, BigDecimal newPrice) {
        return records.change(tx -> catalog.reprice(tx, team.tenant(), productId, newPrice))
                .chain(was -> newPrice.compareTo(was.price()) < 0
                        ? notifyOfDrop(team, was, newPrice)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> notifyOfDrop(Team team, Product was, BigDecimal newPrice) {
        return records.lookUp(
                        team,
                        TEAM,
                        "Baskets",
                        "carts with " + was.id(),
                        tx -> baskets.cartsWith(tx, team.tenant(), was.id()))
                .chain(ids -> records.lookUp(
                        team,
                        TEAM,
                        "Customers",
                        "segments of " + ids.size() + " customers",
                        tx -> customers.find(tx, team.tenant(), ids)))
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .filter(customer -> ELIGIBLE.contains(customer.segment()))
                .onItem()
                .transformToUniAndConcatenate(customer -> notifyIfWanted(team, customer.id(), was, newPrice))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> notifyIfWanted(Team team, String customerId, Product was, BigDecimal newPrice) {
        return notifications
                .choices(team, TEAM, customerId, "price_alerts")
                .chain(choices -> choices.containsValue(true)
                        ? notifications
                                .submit(
                                        team,
                                        TEAM,
                                        NotificationRequest.of(
                                                "PRICE_DROP_ALERT",
                                                customerId,
                                                Map.of(
                                                        "productName",
                                                        was.name(),
                                                        "oldPrice",
                                                        was.price(),
                                                        "newPrice",
                                                        newPrice,
                                                        "currency",
                                                        Product.CURRENCY),
                                                "price-drop/" + was.id() + "/" + PlainNumber.of(was.price()) + "-"
                                                        + PlainNumber.of(newPrice) + "/" + customerId))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }
}
