package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.PgBaskets;
import dev.carillon.bss.Product;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** What door 2 needs for "back in stock": the inventory team has to know wishlists, preferences and the notification API. */
@ApplicationScoped
public class InventoryCaller {

    private static final String TEAM = "InventoryCaller";

    private final PgBaskets baskets;
    private final Records records;
    private final NotificationService notifications;

    InventoryCaller(PgBaskets baskets, Records records, NotificationService notifications) {
        this.baskets = baskets;
        this.records = records;
        this.notifications = notifications;
    }

    public Uni<Void> restocked(Team team, String restockId, Product product, int quantity) {
        return records.lookUp(
                        team,
                        TEAM,
                        "Baskets",
                        "wishlists with " + product.id(),
                        tx -> baskets.wishlistsWith(tx, team.tenant(), product.id()))
                .onItem()
                .transformToMulti(customers -> Multi.createFrom().iterable(customers))
                .onItem()
                .transformToUniAndConcatenate(
                        customerId -> tellIfWanted(team, customerId, restockId, product, quantity))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> tellIfWanted(Team team, String customerId, String restockId, Product product, int quantity) {
        return notifications
                .choices(team, TEAM, customerId, "promotions")
                .chain(choices -> choices.containsValue(true)
                        ? notifications
                                .submit(
                                        team,
                                        TEAM,
                                        NotificationRequest.of(
                                                "BACK_IN_STOCK",
                                                customerId,
                                                Map.of("productName", product.name(), "quantity", quantity),
                                                "back-in-stock/" + restockId + "/" + customerId))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }
}
